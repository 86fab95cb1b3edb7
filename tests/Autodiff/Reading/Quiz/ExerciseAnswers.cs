using System.Collections.Immutable;

namespace AutoDiffAE.Tests.Autodiff.Reading;

/// <summary>For each exercise, in its order: answers that are right, each in a form of its own, and answers that miss by a sign, a factor, a transpose, a sum or a variable.</summary>
internal sealed record ExerciseAnswers(ImmutableArray<string> Right, ImmutableArray<string> Wrong)
{
    public static ImmutableArray<ExerciseAnswers> All { get; } =
    [
        new(
            ["2 * x", "x + x", "dcost * (2 * x)", "4 * x / 2", "2 * cost / x"],
            ["-2 * x", "x", "x ** 2", "2", "2 * x * x"]),
        new(
            ["3 * da", "da * 3", "da + da + da", "6 * (a + 1)", "6 * (3 * x + 1)"],
            ["da", "-3 * da", "da * x", "da / 3", "3 * a"]),
        new(
            ["dp * y", "y * dp", "2 * p * y", "2 * x * y ** 2", "2 * cost / x"],
            ["dp * x", "-dp * y", "dp", "p * y", "2 * dp * y"]),
        new(
            ["-dq * q / y", "dq * (-x / y ** 2)", "-2 * q ** 2 / y", "-2 * x ** 2 / y ** 3", "-(dq * x) / (y * y)"],
            ["dq * q / y", "dq / y", "-dq * x / y", "-dq * y / x ** 2", "-q / y"]),
        new(
            ["cos(a)", "dcost * cos(a)", "cos(x ** 2)", "sin(a + 1.5707963267948966)", "cos(-a)"],
            ["-cos(a)", "cos(x)", "sin(a)", "2 * cos(a)", "2 * x * cos(a)"]),
        new(
            ["ds * cos(x)", "x * cos(x)", "cos(x) * ds", "dcost * x * cos(x)", "ds * sin(x + 1.5707963267948966)"],
            ["s + ds * cos(x)", "-ds * cos(x)", "ds * sin(x)", "cos(x)", "ds * x"]),
        new(
            ["de * e", "e * de", "de * exp(a)", "de * exp(-x)", "e / (1 + e) ** 2"],
            ["de", "-de * e", "de * a", "de * exp(x)", "e"]),
        new(
            ["dcost / a", "1 / a", "1 / (1 + x ** 2)", "exp(-cost)", "a ** -1"],
            ["-1 / a", "1 / x", "log(a)", "2 * x / a", "1 / a ** 2"]),
        new(
            ["0.5 / sqrt(a)", "dcost / (2 * cost)", "1 / (2 * sqrt(a))", "0.5 * a ** -0.5", "cost / (2 * a)"],
            ["1 / cost", "-0.5 / cost", "0.5 * cost", "0.5 / a", "x / cost"]),
        new(
            ["dh * (1 - h ** 2)", "y * (1 - h * h)", "dh - dh * h * h", "dh / cosh(x) ** 2", "dh * (1 - tanh(x) ** 2)"],
            ["dh * (1 - h)", "-dh * (1 - h ** 2)", "dh * (1 + h ** 2)", "1 - h ** 2", "dh * (1 - x ** 2)"]),
        new(
            ["dp * p * (1 - p)", "1 - p", "dp * (p - p ** 2)", "sigmoid(-x)", "dp * exp(-x) / (1 + exp(-x)) ** 2"],
            ["dp * p", "dp * (1 - p)", "-dp * p * (1 - p)", "p * (1 - p)", "dp * x * (1 - x)"]),
        new(
            ["broadcast_to(dcost, (n))", "1", "full((n), 1)", "broadcast_to(1, (n))", "s / s"],
            ["dcost", "2 * x", "-1", "s", "2"]),
        new(
            ["broadcast_to(dm / size(3*n), (n, 3))", "broadcast_to(dm, (n, 3)) / size(3*n)", "full((n, 3), dm / (3 * size(n)))", "0 * x + dm / size(3*n)", "broadcast_to(2 * m / size(3*n), (n, 3))"],
            ["broadcast_to(dm, (n, 3))", "broadcast_to(dm / size(n), (n, 3))", "dm / size(3*n)", "broadcast_to(-dm / size(3*n), (n, 3))", "broadcast_to(m / size(3*n), (n, 3))"]),
        new(
            ["dt * x", "x * dt", "2 * sum(t) * x", "2 * sum(x * w) * x", "dt * t / w"],
            ["dt * w", "-dt * x", "dt", "sum(dt * x)", "x"]),
        new(
            ["sum(da, axis=0)", "2 * sum(a, axis=0)", "2 * (sum(x, axis=0) + b * size(n))", "sum(2 * (x + b), axis=0)", "broadcast_to(1, (n)) @ da"],
            ["da", "sum(da, axis=1)", "-sum(da, axis=0)", "sum(da)", "sum(a, axis=0)"]),
        new(
            ["sum(da * x, axis=1, keepdims=true)", "reshape(sum(da * x, axis=1), (n, 1))", "2 * c * sum(x ** 2, axis=1, keepdims=true)", "(da * x) @ broadcast_to(1, (3, 1))", "sum(2 * a * x, axis=1, keepdims=true)"],
            ["da * x", "sum(da * x, axis=1)", "sum(da, axis=1, keepdims=true)", "-sum(da * x, axis=1, keepdims=true)", "sum(da * x, axis=0, keepdims=true)"]),
        new(
            ["sum(da * x)", "2 * s * sum(x ** 2)", "sum(sum(da * x, axis=0))", "2 * sum(a * x)", "sum(x * da, axis=(0, 1))"],
            ["da * x", "sum(da)", "-sum(da * x)", "sum(da * s)", "sum(a * x)"]),
        new(
            ["transpose(a) @ dy", "permute(a, (1, 0)) @ dy", "transpose(transpose(dy) @ a)", "transpose(a) @ x", "transpose(a) @ (dt * x)"],
            ["a @ dy", "transpose(dy) @ a", "-(transpose(a) @ dy)", "transpose(a) @ y", "dt * y"]),
        new(
            ["dy @ transpose(w)", "dy @ permute(w, (1, 0))", "transpose(w @ transpose(dy))", "(1 - tanh(y) ** 2) @ transpose(w)", "einsum(\"ij,kj->ik\", dy, w)"],
            ["-dy @ transpose(w)", "w @ transpose(dy)", "y @ transpose(w)", "2 * dy @ transpose(w)", "transpose(dy) @ x"]),
        new(
            ["transpose(x) @ dy", "transpose(transpose(dy) @ x)", "permute(x, (1, 0)) @ dy", "transpose(x) @ (1 - tanh(x @ w) ** 2)", "einsum(\"ni,nj->ij\", x, dy)"],
            ["transpose(dy) @ x", "-(transpose(x) @ dy)", "transpose(x) @ y", "transpose(x) @ dy / size(n)", "reshape(sum(x, axis=0), (3, 1)) * sum(dy, axis=0)"]),
        new(
            ["transpose(dt)", "permute(dt, (1, 0))", "transpose(transpose(h) @ dr)", "transpose(dr) @ h", "2 * transpose(r) @ h"],
            ["dt", "-transpose(dt)", "transpose(t)", "transpose(r) @ h", "2 * transpose(dt)"]),
        new(
            ["dr * (a > 0)", "where(a > 0, dr, 0)", "c * (a > 0)", "dr * (r > 0)", "dr - dr * (a <= 0)"],
            ["dr", "dr * (a < 0)", "-dr * (a > 0)", "dr * a", "dr * r"]),
        new(
            ["2 * r", "r + r", "2 * (x @ w - y)", "2 * x @ w - 2 * y", "-2 * (y - x @ w)"],
            ["r", "-2 * r", "r ** 2", "2 * y", "2 * sum(r, axis=0)"]),
        new(
            ["reshape(dm, (n, 3, 1)) * (t == max(t, axis=2, keepdims=true))", "where(t == reshape(m, (n, 3, 1)), reshape(dm, (n, 3, 1)), 0)", "reshape(c, (n, 3, 1)) * max_indicator(t, axis=2)", "reshape(dm, (n, 3, 1)) * (t >= max(t, axis=2, keepdims=true))", "reshape(dm, (n, 3, 1)) * (t > flip(t, axis=2))"],
            ["dm", "broadcast_to(reshape(dm, (n, 3, 1)), (n, 3, 2))", "reshape(dm, (n, 3, 1)) * t", "-reshape(dm, (n, 3, 1)) * (t == max(t, axis=2, keepdims=true))", "reshape(dm, (n, 3, 1)) * (t < max(t, axis=2, keepdims=true))"]),
        new(
            ["pad(dp, ((0, 0), (1, 0)))", "concat(broadcast_to(0, (n, 1)), dp, axis=1)", "2 * x * constant((0, 1, 1, 1))", "2 * x * (iota(4) > 0)", "concat(0 * x[:, :1], 2 * p, axis=1)"],
            ["dp", "pad(dp, ((0, 0), (0, 1)))", "-pad(dp, ((0, 0), (1, 0)))", "2 * x", "pad(p, ((0, 0), (1, 0)))"]),
        new(
            ["p * (dp - sum(dp * p, axis=1, keepdims=true))", "p * dp - p * sum(p * dp, axis=1, keepdims=true)", "softmax(x) * (c - sum(c * softmax(x), axis=1, keepdims=true))", "p * (dp - reshape(sum(dp * p, axis=1), (n, 1)))", "-p * (sum(c * p, axis=-1, keepdims=true) - c)"],
            ["p * dp", "p * (1 - p) * dp", "p * (dp - sum(dp * p))", "-p * (dp - sum(dp * p, axis=1, keepdims=true))", "dp - p * sum(dp, axis=1, keepdims=true)"]),
        new(
            ["dl - exp(l) * sum(dl, axis=1, keepdims=true)", "softmax(x) * sum(y, axis=1, keepdims=true) - y", "dl - softmax(x) * sum(dl, axis=1, keepdims=true)", "dl + exp(l) * reshape(sum(y, axis=1), (n, 1))", "exp(l) * sum(y, axis=-1, keepdims=true) + dl"],
            ["softmax(x) - y", "dl", "dl - l * sum(dl, axis=1, keepdims=true)", "dl + exp(l) * sum(dl, axis=1, keepdims=true)", "y - exp(l) * sum(y, axis=1, keepdims=true)"]),
        new(
            ["conv1d_kernel(x, dy, size=(2))", "2 * conv1d_kernel(x, y, size=(2))", "permute(conv1d(permute(x, (1, 0, 2)), permute(dy, (1, 0, 2))), (1, 0, 2))", "conv1d_kernel(x, 2 * conv1d(x, k), size=(2))", "reshape(concat(sum(x[:, 0, :-1] * dy[:, 0], keepdims=true), sum(x[:, 0, 1:] * dy[:, 0], keepdims=true), axis=1), (1, 1, 2))"],
            ["conv1d_kernel(x, y, size=(2))", "-conv1d_kernel(x, dy, size=(2))", "conv1d_kernel(x, dy, size=(2), flip=true)", "conv1d_kernel(x, dy, size=(2)) / size(n)", "conv1d_kernel(x, x[:, :, 1:], size=(2))"]),
        new(
            ["transpose(x) @ dh", "transpose(transpose(dh) @ x)", "transpose(x) @ dr @ w", "2 * transpose(x) @ (r - x) @ w", "permute(x, (1, 0)) @ (dr @ transpose(t))"],
            ["transpose(dh) @ x", "transpose(dr) @ h", "transpose(x) @ dh + transpose(dr) @ h", "-(transpose(x) @ dh)", "transpose(x) @ h"]),
        new(
            ["transpose(q) @ dz", "transpose(transpose(dz) @ q)", "permute(q, (1, 0)) @ dz", "einsum(\"ni,nj->ij\", q, dz)", "transpose(q) @ (p * (dp - sum(dp * p, axis=1, keepdims=true))) / 2"],
            ["transpose(dz) @ q", "-(transpose(q) @ dz)", "transpose(q) @ z", "transpose(q) @ dz / 2", "transpose(q) @ dp"]),
    ];
}
