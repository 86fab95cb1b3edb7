using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Reading;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading.Matrices;

/// <summary>
/// Gradients in the form that K. B. Petersen and M. S. Pedersen give them in The Matrix Cookbook of 2012, with their numbers; texts were written by hand.
/// </summary>
public sealed class CookbookTest
{
    private const string Shapes = "x=(4) s=(3) a=(3) b=(4) c=(3) X=(3,4) Y=(4,3) S=(3,3) A=(3,3) B=(4,4) C=(3,3) D=(4,4) P=(2,3) Q=(4,2) R=(3,2) E=(4,4) F=(4,4) H=(4,4) f=(4) h=(4) M=(4,3)";

    /// <summary>Number, cost, variable, gradient, and which variables are symmetric.</summary>
    public static TheoryData<string, string, string, string, string> Linear => new()
    {
        { "(69)", "x @ b", "x", "b", "" },
        { "(70)", "a @ X @ b", "X", "outer(a, b)", "" },
        { "(71)", "a @ Y.T @ b", "Y", "outer(b, a)", "" },
        { "(72)", "a @ S @ a", "S", "outer(a, a)", "" },
        { "of an affine map", "a @ (X @ b + c)", "b", "X.T @ a", "" },
        { "of a sum", "sum(X @ b)", "b", "sum(X, axis=0)", "" },
    };

    public static TheoryData<string, string, string, string, string> Quadratic => new()
    {
        { "(77)", "a @ Y.T @ Y @ c", "Y", "Y @ (outer(a, c) + outer(c, a))", "" },
        { "(78)", "(E @ x + f) @ F @ (H @ x + h)", "x", "E.T @ F @ (H @ x + h) + H.T @ F.T @ (E @ x + f)", "" },
        { "(81)", "x @ B @ x", "x", "(B + B.T) @ x", "" },
        { "(82)", "a @ Y.T @ D @ Y @ c", "Y", "outer(D @ Y @ c, a) + outer(D.T @ Y @ a, c)", "" },
        { "(83)", "(Y @ a + b) @ D @ (Y @ a + b)", "Y", "outer((D + D.T) @ (Y @ a + b), a)", "" },
        { "(84)", "(x - M @ s) @ D @ (x - M @ s)", "s", "-2 * M.T @ D @ (x - M @ s)", "D" },
        { "(85)", "(x - b) @ D @ (x - b)", "x", "2 * D @ (x - b)", "D" },
        { "(86)", "(x - b) @ D @ (x - b)", "b", "-2 * D @ (x - b)", "D" },
        { "(87)", "(x - M @ s) @ D @ (x - M @ s)", "x", "2 * D @ (x - M @ s)", "D" },
        { "(88)", "(x - M @ s) @ D @ (x - M @ s)", "M", "-2 * outer(D @ (x - M @ s), s)", "D" },
        { "(84) of no symmetric matrix", "(x - M @ s) @ D @ (x - M @ s)", "s", "-M.T @ (D + D.T) @ (x - M @ s)", "" },
        { "(97)", "x @ B @ x + b @ x", "x", "(B + B.T) @ x + b", "" },
    };

    public static TheoryData<string, string, string, string, string> Traces => new()
    {
        { "(99)", "trace(S)", "S", "eye(3)", "" },
        { "(100)", "trace(X @ Y)", "X", "Y.T", "" },
        { "(101)", "trace(P @ X @ Q)", "X", "P.T @ Q.T", "" },
        { "(102)", "trace(P @ Y.T @ Q)", "Y", "Q @ P", "" },
        { "(106)", "trace(S @ S)", "S", "2 * S.T", "" },
        { "(107)", "trace(S @ S @ A)", "S", "(S @ A + A @ S).T", "" },
        { "(108)", "trace(Y.T @ B @ Y)", "Y", "(B + B.T) @ Y", "" },
        { "(111)", "trace(Y @ A @ Y.T)", "Y", "Y @ (A + A.T)", "" },
        { "(114)", "trace(A @ S @ C @ S)", "S", "(A @ S @ C + C @ S @ A).T", "" },
        { "(115)", "trace(X.T @ X)", "X", "2 * X", "" },
        { "(118)", "trace(P @ X @ B @ X.T @ R)", "X", "R @ P @ X @ B + P.T @ R.T @ X @ B.T", "" },
        { "(119)", "trace((A @ X @ B + Y.T) @ (A @ X @ B + Y.T).T)", "X", "2 * A.T @ (A @ X @ B + Y.T) @ B.T", "" },
        { "(121)", "trace(S @ S @ S)", "S", "3 * S.T @ S.T", "" },
    };

    public static TheoryData<string, string, string, string, string> Inverses => new()
    {
        { "(61)", "a @ inv(S) @ c", "S", "-outer(inv(S).T @ a, inv(S) @ c)", "" },
        { "(62)", "det(inv(S))", "S", "-inv(S).T / det(S)", "" },
        { "(63)", "trace(P @ inv(S) @ R)", "S", "-inv(S).T @ P.T @ R.T @ inv(S).T", "" },
        { "(64)", "trace(inv(S + A))", "S", "-inv(S + A).T @ inv(S + A).T", "" },
        { "(125)", "trace(inv(Y.T @ D @ Y) @ A)", "Y", "-D @ Y @ inv(Y.T @ D @ Y) @ (A + A.T) @ inv(Y.T @ D @ Y)", "D" },
        { "(61) solved", "a @ solve(S, c)", "S", "-outer(solve(S.T, a), solve(S, c))", "" },
        { "of the right side", "a @ solve(S, c)", "c", "solve(S.T, a)", "" },
    };

    public static TheoryData<string, string, string, string, string> Determinants => new()
    {
        { "(49)", "det(S)", "S", "det(S) * inv(S).T", "" },
        { "(51)", "det(A @ S @ C)", "S", "det(A @ S @ C) * inv(S).T", "" },
        { "(52)", "det(S.T @ A @ S)", "S", "2 * det(S.T @ A @ S) * inv(S).T", "" },
        { "(53)", "det(Y.T @ D @ Y)", "Y", "2 * det(Y.T @ D @ Y) * D @ Y @ inv(Y.T @ D @ Y)", "D" },
        { "(54)", "det(Y.T @ D @ Y)", "Y", "det(Y.T @ D @ Y) * (D @ Y @ inv(Y.T @ D @ Y) + D.T @ Y @ inv(Y.T @ D @ Y).T)", "" },
        { "(55)", "slogdet(Y.T @ Y)[1]", "Y", "2 * Y @ inv(Y.T @ Y)", "" },
        { "(57)", "slogdet(S)[1]", "S", "inv(S).T", "" },
        { "(58)", "det(S @ S @ S)", "S", "3 * det(S @ S @ S) * inv(S).T", "" },
    };

    [Theory]
    [MemberData(nameof(Linear))]
    [MemberData(nameof(Quadratic))]
    [MemberData(nameof(Traces))]
    [MemberData(nameof(Inverses))]
    [MemberData(nameof(Determinants))]
    public void A_gradient_comes_out_as_in_the_book(string equation, string cost, string wrt, string expected, string symmetric)
    {
        var variables = Shapes.Split(' ').Select(s => s.Split('=')).ToDictionary(s => s[0], s => Expr.Variable(s[0], Shape.Of(s[1].Trim('(', ')').Split(',').Select(int.Parse))));
        var derivation = Derivation.Of(Parser.Parse(cost, variables), variables[wrt]).Assuming([.. symmetric.Length > 0 ? [variables[symmetric]] : (Expr[])[]]);
        var gradient = Assert.Single(derivation.Gradients);
        Assert.Equal((equation, expected), (equation, gradient.Matrix?.Text));
        var values = variables.Values.Select((v, i) => (v, Value(v.Shape, i, symmetric == ((Op.Variable)v.Op).Label))).ToList();
        MatrixReader.Agrees(gradient.Matrix!, gradient.Raw, values);
    }

    /// <summary>Square matrices are far from singular.</summary>
    private static Tensor<double> Value(Shape shape, int seed, bool symmetric)
    {
        var (random, sizes) = (new Random(seed), shape.Evaluate(new Dictionary<string, long>()));
        var drawn = Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextDouble() - 0.5).ToArray();
        if (sizes is [var n, var m] && n == m)
            for (var i = 0; i < n; i++)
            {
                drawn[i * n + i] += 2;
                for (var j = 0; j < i && symmetric; j++) drawn[i * n + j] = drawn[j * n + i];
            }
        return Tensor<double>.Of(drawn, sizes);
    }
}
