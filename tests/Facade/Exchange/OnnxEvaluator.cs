using static AutoDiffAE.Tests.Facade.Exchange.OnnxArray;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>ONNX's operations, each as plainly as its specification says it (operator set 17).</summary>
internal static class OnnxEvaluator
{
    public static OnnxArray[] Run(OnnxModel.Node node, OnnxArray[] x)
    {
        long[] Many(string name, long[]? otherwise = null) => node.Attributes.TryGetValue(name, out var values) ? values : otherwise ?? throw new InvalidDataException($"{node.Operation} lacks {name}");
        long One(string name, long otherwise) => node.Attributes.TryGetValue(name, out var values) ? values[0] : otherwise;
        int[] Axes() => [.. Many("axes").Select(a => (int)a)];
        return node.Operation switch
        {
            "Identity" => [x[0]],
            "Add" => Each(x, a => a[0] + a[1]), "Sub" => Each(x, a => a[0] - a[1]), "Mul" => Each(x, a => a[0] * a[1]), "Div" => Each(x, a => a[0] / a[1]),
            "Pow" => Each(x, a => Math.Pow(a[0], a[1])), "Max" => Each(x, a => Math.Max(a[0], a[1])), "Min" => Each(x, a => Math.Min(a[0], a[1])),
            "Mod" when One("fmod", 0) == 1 => Each(x, a => a[0] % a[1]),
            "Neg" => Each(x, a => -a[0]), "Reciprocal" => Each(x, a => 1 / a[0]), "Sqrt" => Each(x, a => Math.Sqrt(a[0])), "Abs" => Each(x, a => Math.Abs(a[0])),
            "Exp" => Each(x, a => Math.Exp(a[0])), "Log" => Each(x, a => Math.Log(a[0])), "Sin" => Each(x, a => Math.Sin(a[0])), "Cos" => Each(x, a => Math.Cos(a[0])), "Tan" => Each(x, a => Math.Tan(a[0])),
            "Asin" => Each(x, a => Math.Asin(a[0])), "Acos" => Each(x, a => Math.Acos(a[0])), "Atan" => Each(x, a => Math.Atan(a[0])),
            "Sinh" => Each(x, a => Math.Sinh(a[0])), "Cosh" => Each(x, a => Math.Cosh(a[0])), "Tanh" => Each(x, a => Math.Tanh(a[0])),
            "Asinh" => Each(x, a => Math.Asinh(a[0])), "Acosh" => Each(x, a => Math.Acosh(a[0])), "Atanh" => Each(x, a => Math.Atanh(a[0])),
            "Erf" => Each(x, a => Erf(a[0])),
            "Floor" => Each(x, a => Math.Floor(a[0])), "Ceil" => Each(x, a => Math.Ceiling(a[0])), "Round" => Each(x, a => Math.Round(a[0], MidpointRounding.ToEven)), "Sign" => Each(x, a => Math.Sign(a[0])),
            "Relu" => Each(x, a => Math.Max(0, a[0])), "Sigmoid" => Each(x, a => 1 / (1 + Math.Exp(-a[0]))), "Softsign" => Each(x, a => a[0] / (1 + Math.Abs(a[0]))),
            "IsNaN" => Each(x, a => double.IsNaN(a[0]) ? 1 : 0), "Greater" => Each(x, a => a[0] > a[1] ? 1 : 0), "GreaterOrEqual" => Each(x, a => a[0] >= a[1] ? 1 : 0),
            "Less" => Each(x, a => a[0] < a[1] ? 1 : 0), "LessOrEqual" => Each(x, a => a[0] <= a[1] ? 1 : 0), "Equal" => Each(x, a => a[0] == a[1] ? 1 : 0),
            "Or" => Each(x, a => a[0] != 0 || a[1] != 0 ? 1 : 0), "Where" => Each(x, a => a[0] != 0 ? a[1] : a[2]),
            "Cast" => Each(x, a => One("to", 0) switch { 1 => a[0], 7 => Math.Truncate(a[0]), 9 => a[0] != 0 ? 1 : 0, var t => throw new InvalidDataException($"a cast to {t}") }),
            "ReduceSum" when One("keepdims", 1) == 0 => [Reduced(x[0], x[1].Wholes, v => v.Sum())],
            "ReduceProd" when One("keepdims", 1) == 0 => [Reduced(x[0], Axes(), v => v.Aggregate(1.0, (a, b) => a * b))],
            "ReduceMax" when One("keepdims", 1) == 0 => [Reduced(x[0], Axes(), v => v.Max())],
            "MatMul" => [MatMul(x[0], x[1])],
            "Conv" => [Conv(x[0], x[1], Many("strides"), Many("dilations"), Many("pads"), (int)One("group", 1))],
            "ConvTranspose" => [ConvTranspose(x[0], x[1], Many("strides"), Many("dilations"), Many("pads"), Many("output_padding"), (int)One("group", 1))],
            "MaxPool" => [MaxPool(x[0], Many("kernel_shape"), Many("strides"), Many("dilations"))],
            "Reshape" => [Reshaped(x[0], x[1].Wholes, One("allowzero", 0) == 1)],
            "Squeeze" => [new([.. x[0].Sizes.Where((_, i) => !x[1].Wholes.Contains(i))], x[0].Values)],
            "Transpose" => [Transposed(x[0], [.. Many("perm").Select(p => (int)p)])],
            "Expand" => [Expanded(x[0], x[1].Wholes)],
            "Slice" => [Sliced(x[0], x[1].Values, x[2].Values, x[3].Wholes, x[4].Wholes)],
            "Pad" => [Padded(x[0], x[1].Wholes)],
            "Concat" => [Concatenated(x, (int)One("axis", 0))],
            "Gather" => [Gathered(x[0], x[1], (int)One("axis", 0))],
            "Shape" => [new([(int)(One("end", x[0].Rank) - One("start", 0))], [.. x[0].Sizes[(int)One("start", 0)..(int)One("end", x[0].Rank)].Select(s => (double)s)])],
            "Range" => [Of([(int)((x[1].Values[0] - x[0].Values[0]) / x[2].Values[0])], i => x[0].Values[0] + i[0] * x[2].Values[0])],
            "CumSum" => [Summed(x[0], x[1].Wholes[0], One("reverse", 0) == 1)],
            "TopK" when One("largest", 1) == 0 && x[1].Wholes[0] == x[0].Sizes[One("axis", -1)] => Sorted(x[0], (int)One("axis", -1)),
            _ => throw new InvalidDataException($"the operation {node.Operation} with {string.Join(", ", node.Attributes.Keys)}"),
        };
    }

    private static OnnxArray[] Each(OnnxArray[] x, Func<double[], double> f) => [Of(Common(x), i => f([.. x.Select(a => a.Broadcast(i))]))];

    private static OnnxArray Reduced(OnnxArray x, int[] axes, Func<IEnumerable<double>, double> reduce)
    {
        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(axes)], inner = [.. axes.Select(a => x.Sizes[a])];
        return Of([.. kept.Select(a => x.Sizes[a])], i => reduce(Indices(inner).Select(j =>
        {
            var at = new int[x.Rank];
            for (var k = 0; k < kept.Length; k++) at[kept[k]] = i[k];
            for (var k = 0; k < axes.Length; k++) at[axes[k]] = j[k];
            return x[at];
        })));
    }

    private static OnnxArray MatMul(OnnxArray a, OnnxArray b) => Of([.. a.Sizes[..^1], b.Sizes[^1]], i => Enumerable.Range(0, a.Sizes[^1]).Sum(k => a[[.. i[..^1], k]] * b[[.. i[..^2], k, i[^1]]]));

    private static OnnxArray Conv(OnnxArray x, OnnxArray w, long[] stride, long[] dilation, long[] pads, int groups)
    {
        var rank = stride.Length;
        int Out(int i) => (int)((x.Sizes[i + 2] + pads[i] + pads[i + rank] - (dilation[i] * (w.Sizes[i + 2] - 1) + 1)) / stride[i]) + 1;
        return Of([x.Sizes[0], w.Sizes[0], .. Enumerable.Range(0, rank).Select(Out)], o =>
        {
            var group = o[1] / (w.Sizes[0] / groups);
            return Indices(w.Sizes[1..]).Sum(k =>
            {
                int[] at = [.. Enumerable.Range(0, rank).Select(i => (int)(o[i + 2] * stride[i] + k[i + 1] * dilation[i] - pads[i]))];
                return at.Select((a, i) => a >= 0 && a < x.Sizes[i + 2]).All(within => within) ? x[[o[0], group * w.Sizes[1] + k[0], .. at]] * w[[o[1], .. k]] : 0;
            });
        });
    }

    private static OnnxArray ConvTranspose(OnnxArray x, OnnxArray w, long[] stride, long[] dilation, long[] pads, long[] more, int groups)
    {
        var rank = stride.Length;
        int[] sizes = [x.Sizes[0], w.Sizes[1] * groups, .. Enumerable.Range(0, rank).Select(i => (int)(stride[i] * (x.Sizes[i + 2] - 1) + more[i] + (w.Sizes[i + 2] - 1) * dilation[i] + 1 - pads[i] - pads[i + rank]))];
        var y = new double[sizes.Aggregate((a, b) => a * b)];
        foreach (var i in Indices(x.Sizes))
            foreach (var k in Indices(w.Sizes[1..]))
            {
                int[] at = [i[0], i[1] / (x.Sizes[1] / groups) * w.Sizes[1] + k[0], .. Enumerable.Range(0, rank).Select(a => (int)(i[a + 2] * stride[a] + k[a + 1] * dilation[a] - pads[a]))];
                if (at.Zip(sizes).All(p => p.First >= 0 && p.First < p.Second)) y[sizes.Zip(at).Aggregate(0, (n, p) => n * p.First + p.Second)] += x[i] * w[[i[1], .. k]];
            }
        return new(sizes, y);
    }

    private static OnnxArray MaxPool(OnnxArray x, long[] kernel, long[] stride, long[] dilation) =>
        Of([.. x.Sizes[..2], .. kernel.Select((k, i) => (int)((x.Sizes[i + 2] - (dilation[i] * (k - 1) + 1)) / stride[i]) + 1)], o =>
            Indices([.. kernel.Select(k => (int)k)]).Max(k => x[[.. o[..2], .. k.Select((t, i) => (int)(o[i + 2] * stride[i] + t * dilation[i]))]]));

    private static OnnxArray Reshaped(OnnxArray x, int[] shape, bool zeros)
    {
        int[] sizes = [.. shape.Select((s, i) => s == 0 && !zeros ? x.Sizes[i] : s)];
        var known = sizes.Where(s => s >= 0).Aggregate(1, (a, b) => a * b);
        sizes = [.. sizes.Select(s => s == -1 ? x.Values.Length / known : s)];
        return sizes.Aggregate(1, (a, b) => a * b) == x.Values.Length ? new(sizes, x.Values) : throw new InvalidDataException("a reshape to another number of elements");
    }

    private static OnnxArray Transposed(OnnxArray x, int[] order) => Of([.. order.Select(a => x.Sizes[a])], i =>
    {
        var at = new int[order.Length];
        for (var k = 0; k < order.Length; k++) at[order[k]] = i[k];
        return x[at];
    });

    private static OnnxArray Expanded(OnnxArray x, int[] shape) => Of(Common(x, new([.. shape], [])), x.Broadcast);

    private static OnnxArray Sliced(OnnxArray x, double[] starts, double[] ends, int[] axes, int[] steps)
    {
        var (from, step, sizes) = (new int[x.Rank], Enumerable.Repeat(1, x.Rank).ToArray(), (int[])x.Sizes.Clone());
        for (var k = 0; k < axes.Length; k++)
        {
            var n = x.Sizes[axes[k]];
            double Counted(double place) => place < 0 ? place + n : place;
            var (start, end) = steps[k] > 0 ? (Math.Clamp(Counted(starts[k]), 0, n), Math.Clamp(Counted(ends[k]), 0, n)) : (Math.Clamp(Counted(starts[k]), 0, n - 1), Math.Clamp(Counted(ends[k]), -1, n - 1));
            (from[axes[k]], step[axes[k]], sizes[axes[k]]) = ((int)start, steps[k], Math.Max(0, (int)Math.Ceiling((end - start) / steps[k])));
        }
        return Of(sizes, i => x[[.. i.Select((at, axis) => from[axis] + at * step[axis])]]);
    }

    private static OnnxArray Padded(OnnxArray x, int[] pads) => Of([.. x.Sizes.Select((s, i) => s + pads[i] + pads[i + x.Rank])], i =>
    {
        int[] at = [.. i.Select((a, axis) => a - pads[axis])];
        return at.Zip(x.Sizes).All(p => p.First >= 0 && p.First < p.Second) ? x[at] : 0;
    });

    private static OnnxArray Concatenated(OnnxArray[] x, int axis)
    {
        var sizes = (int[])x[0].Sizes.Clone();
        sizes[axis] = x.Sum(a => a.Sizes[axis]);
        return Of(sizes, i =>
        {
            var (part, at) = (0, (int[])i.Clone());
            while (at[axis] >= x[part].Sizes[axis]) at[axis] -= x[part++].Sizes[axis];
            return x[part][at];
        });
    }

    private static OnnxArray Gathered(OnnxArray x, OnnxArray index, int axis) => Of([.. x.Sizes[..axis], .. index.Sizes, .. x.Sizes[(axis + 1)..]], i =>
    {
        var at = (int)index[i[axis..(axis + index.Rank)]];
        return x[[.. i[..axis], at < 0 ? at + x.Sizes[axis] : at, .. i[(axis + index.Rank)..]]];
    });

    private static OnnxArray Summed(OnnxArray x, int axis, bool reverse) => Of(x.Sizes, i =>
        (reverse ? Enumerable.Range(i[axis], x.Sizes[axis] - i[axis]) : Enumerable.Range(0, i[axis] + 1)).Sum(k => x[[.. i[..axis], k, .. i[(axis + 1)..]]]));

    private static OnnxArray[] Sorted(OnnxArray x, int axis)
    {
        int[] Order(int[] i) => [.. Enumerable.Range(0, x.Sizes[axis]).OrderBy(k => x[[.. i[..axis], k, .. i[(axis + 1)..]]])];
        return [Of(x.Sizes, i => x[[.. i[..axis], Order(i)[i[axis]], .. i[(axis + 1)..]]]), Of(x.Sizes, i => Order(i)[i[axis]])];
    }

    /// <summary>2/√π ∫₀ˣ exp(-t²) dt by its series, which converges everywhere; beyond 4 it is 1 to 1.5e-8.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 4) return Math.Sign(x);
        var (sum, term) = (x, x);
        for (var n = 1; n < 120; n++) sum += (term *= -x * x / n) / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
