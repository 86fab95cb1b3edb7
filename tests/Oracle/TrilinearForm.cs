using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>
/// ⟨y, x ⋆ w⟩ = Σ y[n, o, p] · x[n, c, p·stride + t·dilation - low] · w[o, c mod C, t or its mirror], summed over every
/// (n, o, p, c of o's group, t) whose position lies within x; the open leg collects the product of the other two.
/// </summary>
internal static class TrilinearForm
{
    public static Tensor<double> Open(Op.Convolution op, Tensor<double>[] args, int[] target)
    {
        var result = new double[target.Aggregate(1, (a, b) => a * b)];
        var (xs, ws, ys) = op.Open switch
        {
            Leg.Output => (args[0].Sizes.ToArray(), args[1].Sizes.ToArray(), target),
            Leg.Input => (target, args[1].Sizes.ToArray(), args[0].Sizes.ToArray()),
            _ => (args[0].Sizes.ToArray(), target, args[1].Sizes.ToArray()),
        };
        var windows = op.Form.Windows;
        foreach (var y in Positions.All(ys))
            foreach (var w in Positions.All([ws[1], .. ws[2..]]))
            {
                var position = new int[windows.Count];
                for (var i = 0; i < position.Length; i++)
                    position[i] = y[i + 2] * windows[i].Stride + w[i + 1] * windows[i].Dilation - windows[i].Low;
                if (position.Where((p, i) => p < 0 || p >= xs[i + 2]).Any()) continue;

                var group = y[1] / (ws[0] / op.Form.Groups);
                int[] x = [y[0], group * ws[1] + w[0], .. position];
                int[] taps = [.. w[1..].Select((t, i) => op.Form.Flip ? ws[i + 2] - 1 - t : t)];
                int[] kernel = [y[1], w[0], .. taps];
                var (open, product) = op.Open switch
                {
                    Leg.Output => (y, args[0][x] * args[1][kernel]),
                    Leg.Input => (x, args[0][y] * args[1][kernel]),
                    _ => (kernel, args[0][x] * args[1][y]),
                };
                result[Positions.Flat(target, open)] += product;
            }
        return Tensor<double>.Of(result, target);
    }
}
