using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Golden;

/// <summary>Pooling over any windows as a stack of strided slices, one a tap, in the window's row-major order.</summary>
internal static class Pooling
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new() { ["pool2d"] = Pool };

    private static IEnumerable<Variant> Pool(Source s)
    {
        var c = s.Case;
        var (size, stride, pad) = (c.Integers("ws"), c.Integers("stride"), c.Integers("pad"));
        // Theano's windows that cross the border are PyTorch's ceil_mode.
        var ceil = !c.Flag("ignore_border");
        PoolWindow[] windows = [.. size.Select((k, i) => new PoolWindow(k, stride[i], pad[i]))];
        if (c.Text("mode") == "max")
        {
            var taps = Taps(s.X, s, double.NegativeInfinity);
            yield return new(taps.Max([0], ties: TieRule.Each));
            yield return new(taps.Max([0], ties: TieRule.First), "_first");
            yield return new(s.X.MaxPool(windows, ceil), "_first");
            yield break;
        }
        yield return c.Text("mode") == "sum" ? s.X.SumPool(windows, ceil) : s.X.AveragePool(windows, ceil, c.Text("mode") == "average_inc_pad");
        var sum = Taps(s.X, s, 0).Sum([0]);
        yield return c.Text("mode") == "sum" ? sum : sum / Expr.Constant(Counts(s, c.Text("mode") == "average_inc_pad"));
    }

    private static Expr Taps(Expr x, Source s, double outside)
    {
        var (size, stride, pad) = (s.Case.Integers("ws"), s.Case.Integers("stride"), s.Case.Integers("pad"));
        var widths = new (int, int)[] { (0, 0), (0, 0), Width(0), Width(1) };
        (int, int) Width(int axis) => (pad[axis], Math.Max(0, (s.OutputSizes[axis + 2] - 1) * stride[axis] + size[axis] - pad[axis] - (int)x.Shape[axis + 2].Value!));
        var padded = x.Pad(widths);
        if (outside != 0)
        {
            var inside = Oracle.Evaluate(((Expr)1.0).BroadcastTo(x.Shape).Pad(widths));
            padded += Expr.Constant(Tensor<double>.Of(inside.Span.ToArray().Select(v => v == 0 ? outside : 0), inside.Sizes));
        }
        return Formulas.Stack(
            from i in Enumerable.Range(0, size[0])
            from j in Enumerable.Range(0, size[1])
            select padded.Slice(2, new StridedRange(i, s.OutputSizes[2], stride[0])).Slice(3, new StridedRange(j, s.OutputSizes[3], stride[1])));
    }

    /// <summary>How many elements a mean divides by: those of the window within the image, its padding included or not.</summary>
    private static Tensor<double> Counts(Source s, bool includePadding)
    {
        var (size, stride, pad) = (s.Case.Integers("ws"), s.Case.Integers("stride"), s.Case.Integers("pad"));
        int Along(int axis, int at)
        {
            var length = (int)s.X.Shape[axis + 2].Value!;
            var (low, high) = includePadding ? (-pad[axis], length + pad[axis]) : (0, length);
            var start = at * stride[axis] - pad[axis];
            return Math.Min(start + size[axis], high) - Math.Max(start, low);
        }
        return Tensor<double>.Of(
            from i in Enumerable.Range(0, s.OutputSizes[2])
            from j in Enumerable.Range(0, s.OutputSizes[3])
            select (double)(Along(0, i) * Along(1, j)), s.OutputSizes[2], s.OutputSizes[3]);
    }
}
