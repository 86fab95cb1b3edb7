using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using Input = AutoDiffAE.Layers.Input;

namespace AutoDiffAE.Tests.Layers;

/// <summary>A case for each layer; the sizes of outputs are worked out by the published rules, without the layers.</summary>
internal static class LayerCases
{
    public static readonly IReadOnlyList<LayerCase> All =
    [
        LayerCase.Of<Input>(d => Any(d, sizes => new(new Input(Shape.Of(sizes)), sizes, sizes))),
        LayerCase.Of<Dense>(d =>
        {
            var (a, b) = (d.Int(1, 4), d.Int(1, 3));
            return new(new Dense(b, Formulas.Tanh), [a], [b]);
        }),
        LayerCase.Of<Conv1D>(d => Convolution(d, 1, (f, k, border, s, dil, g, p, flip) => new Conv1D(f, k[0], Formulas.Tanh, border, s[0], flip, Dilation: dil[0], Groups: g, Padding: p))),
        LayerCase.Of<Conv2D>(d => Convolution(d, 2, (f, k, border, s, dil, g, p, flip) => new Conv2D(f, (k[0], k[1]), null, border, (s[0], s[1]), flip, Dilation: (dil[0], dil[1]), Groups: g, Padding: p))),
        LayerCase.Of<Conv3D>(d => Convolution(d, 3, (f, k, border, s, dil, g, p, flip) => new Conv3D(f, (k[0], k[1], k[2]), null, border, (s[0], s[1], s[2]), flip, Dilation: (dil[0], dil[1], dil[2]), Groups: g, Padding: p))),
        LayerCase.Of<TransposedConv1D>(d => Transposed(d, 1, (f, k, border, s, dil, g, p, o, flip) => new TransposedConv1D(f, k[0], Formulas.Tanh, border, s[0], flip, Dilation: dil[0], Groups: g, Padding: p, OutputPadding: o))),
        LayerCase.Of<TransposedConv2D>(d => Transposed(d, 2, (f, k, border, s, dil, g, p, o, flip) => new TransposedConv2D(f, (k[0], k[1]), null, border, (s[0], s[1]), flip, Dilation: (dil[0], dil[1]), Groups: g, Padding: p, OutputPadding: o))),
        LayerCase.Of<TransposedConv3D>(d => Transposed(d, 3, (f, k, border, s, dil, g, p, o, flip) => new TransposedConv3D(f, (k[0], k[1], k[2]), null, border, (s[0], s[1], s[2]), flip, Dilation: (dil[0], dil[1], dil[2]), Groups: g, Padding: p, OutputPadding: o))),
        LayerCase.Of<MaxPool1D>(d => Pooled(d, 1, (k, s, p, partial) => new MaxPool1D(k[0], s[0], p, partial))),
        LayerCase.Of<MaxPool2D>(d => Pooled(d, 2, (k, s, p, partial) => new MaxPool2D((k[0], k[1]), (s[0], s[1]), p, partial))),
        LayerCase.Of<MaxPool3D>(d => Pooled(d, 3, (k, s, p, partial) => new MaxPool3D((k[0], k[1], k[2]), (s[0], s[1], s[2]), p, partial))),
        LayerCase.Of<AvgPool1D>(d => Pooled(d, 1, (k, s, p, partial) => new AvgPool1D(k[0], s[0], p, partial, d.Coin()))),
        LayerCase.Of<AvgPool2D>(d => Pooled(d, 2, (k, s, p, partial) => new AvgPool2D((k[0], k[1]), (s[0], s[1]), p, partial, d.Coin()))),
        LayerCase.Of<AvgPool3D>(d => Pooled(d, 3, (k, s, p, partial) => new AvgPool3D((k[0], k[1], k[2]), (s[0], s[1], s[2]), p, partial, d.Coin()))),
        LayerCase.Of<Upscale1D>(d => Larger(d, 1, (f, mode) => new Upscale1D(f[0], mode))),
        LayerCase.Of<Upscale2D>(d => Larger(d, 2, (f, mode) => new Upscale2D((f[0], f[1]), mode))),
        LayerCase.Of<Upscale3D>(d => Larger(d, 3, (f, mode) => new Upscale3D((f[0], f[1], f[2]), mode))),
        LayerCase.Of<Unpool>(d => Larger(d, 2, (f, _) => new Unpool((f[0], f[1])))),
        LayerCase.Of<GlobalPool>(d => Spatial(d, sizes => new(d.Coin() ? new GlobalPool() : new GlobalPool(Formulas.GlobalMaxPool), sizes, [sizes[0]]))),
        LayerCase.Of<Dropout>(d => Any(d, sizes => new(new Dropout(0.4), sizes, sizes))),
        LayerCase.Of<SpatialDropout>(d => Spatial(d, sizes => new(new SpatialDropout(0.4), sizes, sizes))),
        LayerCase.Of<GaussianNoise>(d => Any(d, sizes => new(new GaussianNoise(0.5), sizes, sizes))),
        LayerCase.Of<MaskingNoise>(d => Any(d, sizes => new(new MaskingNoise(0.4), sizes, sizes))),
        LayerCase.Of<SaltAndPepper>(d => Any(d, sizes => new(new SaltAndPepper(0.4, -1, 1), sizes, sizes))),
        LayerCase.Of<Winners>(d =>
        {
            var (c, h, w) = (d.Int(1, 2), d.Int(2, 4), d.Int(2, 4));
            return new(new Winners(d.Pick(1, 3)), [c, h, w], [c, h, w]);
        }),
        LayerCase.Of<Sampled>(d =>
        {
            var code = d.Int(1, 3);
            return new(new Sampled(), [2 * code], [code]);
        }),
        LayerCase.Of<BatchNorm>(d => Spatial(d, sizes => new(new BatchNorm(), [sizes[0], 3, .. sizes[2..]], [sizes[0], 3, .. sizes[2..]]))),
        LayerCase.Of<LayerNorm>(d =>
        {
            var (a, b) = (d.Int(2, 4), d.Int(2, 3));
            return new(d.Coin() ? new LayerNorm() : new LayerNorm(1), [a, b], [a, b]);
        }),
        LayerCase.Of<GroupNorm>(d =>
        {
            var (g, c, t) = (d.Int(1, 2), d.Int(1, 2), d.Int(2, 3));
            return new(new GroupNorm(g), [g * c, t], [g * c, t]);
        }),
        LayerCase.Of<InstanceNorm>(d =>
        {
            var (c, t) = (d.Int(1, 3), d.Int(3, 4));
            return new(new InstanceNorm(), [c, t], [c, t]);
        }),
        LayerCase.Of<Flatten>(d => Any(d, sizes => new(new Flatten(), sizes, [sizes.Aggregate(1, (a, b) => a * b)]))),
        LayerCase.Of<Reshape>(d =>
        {
            var (a, b) = (d.Int(1, 3), d.Int(1, 3));
            return new(new Reshape(b, a, 1), [a, b], [b, a, 1]);
        }),
        LayerCase.Of<Dimshuffle>(d =>
        {
            var (a, b) = (d.Int(2, 3), d.Int(1, 3));
            return new(new Dimshuffle(0, 3, Dimshuffle.New, 1), [a, 1, b], [b, 1, a]);
        }),
        LayerCase.Of<Pad>(d => Padded(d)),
        LayerCase.Of<Slice>(d => Sliced(d)),
        LayerCase.Of<Concat>(d =>
        {
            var (a, b, t) = (d.Int(1, 3), d.Int(1, 3), d.Int(1, 2));
            return new(nodes => new Concat().On("it", nodes), [[a, t], [b, t], [a, t]], [a + b + a, t]);
        }),
        LayerCase.Of<ElemwiseSum>(d =>
        {
            var (a, b) = (d.Int(1, 3), d.Int(1, 3));
            return new(nodes => (d.Coin() ? new ElemwiseSum() : new ElemwiseSum([0.5, -2, 1])).On("it", nodes), [[a, b], [a, b], [a, b]], [a, b]);
        }),
        LayerCase.Of<ElemwiseMerge>(d =>
        {
            var a = d.Int(1, 4);
            return new(nodes => new ElemwiseMerge((x, y) => x * y).On("it", nodes), [[a], [a]], [a]);
        }),
        LayerCase.Of<Nonlinearity>(d => Any(d, sizes => new(new Nonlinearity(Formulas.Softplus), sizes, sizes))),
        LayerCase.Of<Bias>(d => Any(d, sizes => new(new Bias(), sizes, sizes))),
        LayerCase.Of<Scale>(d => Any(d, sizes => new(new Scale(), sizes, sizes))),
        LayerCase.Of<PRelu>(d => Any(d, sizes => new(new PRelu(), sizes, sizes))),
        LayerCase.Of<Expression>(d =>
        {
            var (a, b) = (d.Int(1, 3), d.Int(1, 3));
            return new(new Expression((x, parameter) => (x.MatMul(parameter("W", [a, b])) + parameter("b", [b])).Tanh() * parameter("b", [b])), [a], [b]);
        }),
        LayerCase.Of<Embedding>(d =>
        {
            var (words, units, t) = (d.Int(1, 4), d.Int(1, 3), d.Int(1, 3));
            return new(new Embedding(words, units), [t], [t, units], words);
        }),
        LayerCase.Of<Recurrent>(d => Sequences(d, (units, last, back) => new Recurrent(units, null, last, back))),
        LayerCase.Of<Lstm>(d => Sequences(d, (units, last, back) => new Lstm(units, last, back, d.Coin()))),
        LayerCase.Of<Gru>(d => Sequences(d, (units, last, back) => new Gru(units, last, back))),
        LayerCase.Of<SelfAttention>(d =>
        {
            var (h, e, t) = (d.Int(1, 2), d.Int(1, 2), d.Int(1, 3));
            return new(new SelfAttention(h, d.Coin()), [t, h * e], [t, h * e]);
        }),
        LayerCase.Of<Inverse>(d =>
        {
            var (c, t) = (d.Int(1, 2), d.Int(3, 4));
            return new(nodes => new Inverse("before").On("it", new Conv1D(2, 2, Stride: 2).On("before", nodes)), [[c, t]], [c, t]);
        }, "of what is linear"),
        LayerCase.Of<Inverse>(d =>
        {
            var (c, t) = (d.Int(1, 2), d.Int(2, 4));
            return new(nodes => new Inverse("before").On("it", new MaxPool1D(2).On("before", nodes)), [[c, t]], [c, t]);
        }, "of what is not"),
    ];

    /// <summary>Two axes behind the examples', sometimes three.</summary>
    private static LayerSample Any(Draw d, Func<int[], LayerSample> build) => build(d.Coin() ? [d.Int(1, 3), d.Int(1, 3)] : [d.Int(1, 2), d.Int(1, 3), d.Int(1, 2)]);

    private static LayerSample Spatial(Draw d, Func<int[], LayerSample> build) => build([d.Int(1, 3), d.Int(1, 3), d.Int(1, 2)]);

    private static int[] Ints(Draw d, int count, int low, int high) => [.. Enumerable.Range(0, count).Select(_ => d.Int(low, high))];

    private static LayerSample Convolution(Draw d, int axes, Func<int, int[], Border, int[], int[], int, int?, bool, Layer> layer)
    {
        var (groups, border, most) = (d.Int(1, 2), d.Pick(Border.Valid, Border.Same, Border.Full), axes == 3 ? 2 : 3);
        var (channels, filters) = (groups * d.Int(1, 2), groups * d.Int(1, 2));
        int[] stride = Ints(d, axes, 1, 2), dilation = Ints(d, axes, 1, 2);
        int[] taps = border == Border.Same ? [.. Ints(d, axes, 0, 1).Select(half => 2 * half + 1)] : Ints(d, axes, 1, most);
        int? padding = d.Int(0, 2) == 0 ? d.Int(0, 1) : null;
        int[] spans = [.. taps.Select((k, i) => dilation[i] * (k - 1) + 1)];
        int[] lengths = [.. spans.Select(s => s + d.Int(0, 2))];
        int Around(int span) => 2 * (padding ?? border switch { Border.Valid => 0, Border.Same => span / 2, _ => span - 1 });
        return new(layer(filters, taps, border, stride, dilation, groups, padding, d.Coin()),
            [channels, .. lengths],
            [filters, .. lengths.Select((m, i) => (m + Around(spans[i]) - spans[i]) / stride[i] + 1)]);
    }

    private static LayerSample Transposed(Draw d, int axes, Func<int, int[], Border, int[], int[], int, int?, int, bool, Layer> layer)
    {
        var (groups, border, most) = (d.Int(1, 2), d.Pick(Border.Valid, Border.Same, Border.Full), axes == 3 ? 2 : 3);
        var (channels, filters) = (groups * d.Int(1, 2), groups * d.Int(1, 2));
        int[] stride = Ints(d, axes, 1, 2), dilation = Ints(d, axes, 1, 2);
        var more = stride.All(s => s > 1) ? d.Int(0, 1) : 0;
        int[] taps = border == Border.Same ? [.. Ints(d, axes, 0, 1).Select(half => 2 * half + 1)] : Ints(d, axes, 1, most);
        int[] spans = [.. taps.Select((k, i) => dilation[i] * (k - 1) + 1)];
        // A full border takes span - 1 places more than the windows add, so there have to be as many.
        int[] lengths = [.. spans.Select(s => s + d.Int(0, 1))];
        int Around(int span) => 2 * (border switch { Border.Valid => 0, Border.Same => span / 2, _ => span - 1 });
        return new(layer(filters, taps, border, stride, dilation, groups, null, more, d.Coin()),
            [channels, .. lengths],
            [filters, .. lengths.Select((m, i) => (m - 1) * stride[i] + spans[i] - Around(spans[i]) + more)]);
    }

    private static LayerSample Pooled(Draw d, int axes, Func<int[], int[], int, bool, Layer> layer)
    {
        int[] taps = Ints(d, axes, 1, axes == 3 ? 2 : 3), stride = Ints(d, axes, 1, 2);
        var (padding, partial) = (taps.All(k => k >= 2) ? d.Int(0, 1) : 0, d.Coin());
        int[] lengths = [.. taps.Select(k => k + d.Int(0, 2))];
        // PyTorch's rule: rounded up with partial windows, but a last one that begins behind the end and its padding before it does not count.
        int Windows(int m, int k, int s)
        {
            var room = m + 2 * padding - k;
            var count = (partial ? (room + s - 1) / s : room / s) + 1;
            return partial && (count - 1) * s >= m + padding ? count - 1 : count;
        }
        return new(layer(taps, stride, padding, partial), [2, .. lengths], [2, .. lengths.Select((m, i) => Windows(m, taps[i], stride[i]))]);
    }

    private static LayerSample Larger(Draw d, int axes, Func<int[], UpscaleMode, Layer> layer)
    {
        int[] lengths = Ints(d, axes, 1, 3), factors = Ints(d, axes, 1, 3);
        return new(layer(factors, d.Pick(UpscaleMode.Repeat, UpscaleMode.Dilate, UpscaleMode.Linear)), [2, .. lengths], [2, .. lengths.Zip(factors, (m, f) => m * f)]);
    }

    private static LayerSample Padded(Draw d)
    {
        var (filling, a, b) = (d.Pick(PadMode.Constant, PadMode.Reflect, PadMode.Replicate, PadMode.Circular, PadMode.Symmetric), d.Int(3, 4), d.Int(3, 4));
        var (before, after) = (d.Int(0, 2), d.Int(0, 2));
        return d.Coin()
            ? new(new Pad(after, filling, 0.5), [2, a, b], [2, a + 2 * after, b + 2 * after])
            : new(new Pad([(before, after), (1, 0)], filling), [2, a, b], [2, a + before + after, b + 1]);
    }

    private static LayerSample Sliced(Draw d)
    {
        var (length, step) = (d.Int(3, 6), d.Int(1, 2));
        return d.Int(0, 3) switch
        {
            0 => new(Slice.At(d.Int(-length, length - 1), 1), [length, 2], [2]),
            1 => new(new Slice(-2), [2, length], [2, 2]),
            2 => new(new Slice(1, 2, 1), [length, 2], [2, 2]),
            _ => new(new Slice(1, null, -1, step), [2, length], [2, (length - 1 + step - 1) / step]),
        };
    }

    private static LayerSample Sequences(Draw d, Func<int, bool, bool, Layer> layer)
    {
        var (length, features, units, last) = (d.Int(1, 3), d.Int(1, 2), d.Int(1, 2), d.Coin());
        return new(layer(units, last, d.Coin()), [length, features], last ? [units] : [length, units]);
    }
}
