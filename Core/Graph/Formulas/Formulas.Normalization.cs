using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

// Normalisations by PyTorch's names; weight and bias, where given, scale and shift what was normalised.
public static partial class Formulas
{
    /// <summary>(x - mean x) / √(var x + ε) over axes; with r = 1 / √(var x + ε), dx = r (dy - mean dy - y mean(dy y)).</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public static Expr Standardize(this Expr x, IReadOnlyCollection<int>? axes = null, double eps = 1e-5)
    {
        Expr Rate(Expr v) => (v.Var(axes, keepDims: true) + eps).Rsqrt();
        return Definition.Apply("standardize", [x],
            p => Centred(p[0], axes) * Rate(p[0]),
            (p, y, dy) => [Rate(p[0]) * (Centred(dy, axes) - y * (dy * y).Mean(axes, keepDims: true))],
            Keywords.Of(Spelled(x, axes, false), Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>
    /// (x - mean) / √(variance + ε) · weight + bias for each channel of (n, channels, …). Without mean and variance they are the batch's
    /// own, over all axes but the channels', the variance divided by N: the form for training.
    /// </summary>
    /// <exception cref="ShapeException">A vector does not have one element for each channel, or only one of mean and variance is given.</exception>
    public static Expr BatchNorm(
        this Expr x, Expr? mean = null, Expr? variance = null, Expr? weight = null, Expr? bias = null, double eps = 1e-5)
    {
        RequireChannels("batch_norm", x, mean, variance, weight, bias);
        if (mean is null != variance is null) throw Refusal.Of("batch_norm", [x, (mean ?? variance)!], "mean and variance are given both or neither", Origin.Here());
        return Definition.Apply("batch_norm", [x], [("mean", mean), ("var", variance), ("weight", weight), ("bias", bias)], (p, o) =>
        {
            var normal = o[0] is { } m && o[1] is { } v
                ? (p[0] - AlongClasses(m, x, 1)) * AlongClasses((v + eps).Rsqrt(), x, 1)
                : p[0].Standardize([.. Enumerable.Range(0, x.Rank).Where(i => i != 1)], eps);
            return Affine(normal, o[2], o[3], vector => AlongClasses(vector, x, 1));
        }, Keywords.Of(Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>Each example and channel of (n, channels, …) on its own.</summary>
    /// <exception cref="ShapeException">There is no axis behind the channels, or a vector does not have one element for each channel.</exception>
    public static Expr InstanceNorm(this Expr x, Expr? weight = null, Expr? bias = null, double eps = 1e-5)
    {
        RequireChannels("instance_norm", x, weight, bias);
        if (x.Rank < 3) throw Refusal.Of("instance_norm", [x], "(n, channels, …) with axes behind the channels is needed", Origin.Here());
        return Definition.Apply("instance_norm", [x], [("weight", weight), ("bias", bias)],
            (p, o) => Affine(p[0].Standardize([.. Enumerable.Range(2, x.Rank - 2)], eps), o[0], o[1], vector => AlongClasses(vector, x, 1)),
            Keywords.Of(Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>The channels of (n, channels, …) in groups, each example and group on its own.</summary>
    /// <exception cref="ShapeException">The channels do not divide into so many groups, or a vector does not have one element for each.</exception>
    public static Expr GroupNorm(this Expr x, int groups, Expr? weight = null, Expr? bias = null, double eps = 1e-5)
    {
        RequireChannels("group_norm", x, weight, bias);
        var size = (groups > 0 ? Dim.Divide(x.Shape[1], groups) : null)
            ?? throw Refusal.Of("group_norm", [x], $"{x.Shape[1]} channels do not divide into {groups} groups", Origin.Here());
        return Definition.Apply("group_norm", [x], [("weight", weight), ("bias", bias)], (p, o) =>
        {
            var grouped = p[0].Reshape(new Shape([x.Shape[0], groups, size, .. x.Shape.Dims[2..]])).Standardize([.. Enumerable.Range(2, x.Rank - 1)], eps);
            return Affine(grouped.Reshape(x.Shape), o[0], o[1], vector => AlongClasses(vector, x, 1));
        }, Keywords.Of($"num_groups={groups}", Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>The last axes together, whose lengths are given; weight and bias have that shape.</summary>
    /// <exception cref="ShapeException">The shapes do not end so.</exception>
    public static Expr LayerNorm(this Expr x, Shape normalized, Expr? weight = null, Expr? bias = null, double eps = 1e-5)
    {
        var axes = LastAxes("layer_norm", x, normalized, weight, bias);
        return Definition.Apply("layer_norm", [x], [("weight", weight), ("bias", bias)],
            (p, o) => Affine(p[0].Standardize(axes, eps), o[0], o[1], same => same),
            Keywords.Of($"normalized_shape={Keywords.Tuple(normalized)}", Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>x / √(mean x² + ε) over the last axes, whose lengths are given.</summary>
    /// <exception cref="ShapeException">The shapes do not end so.</exception>
    public static Expr RmsNorm(this Expr x, Shape normalized, Expr? weight = null, double eps = 1e-5)
    {
        var axes = LastAxes("rms_norm", x, normalized, weight, null);
        return Definition.Apply("rms_norm", [x], [("weight", weight)],
            (p, o) => Affine(p[0] * (p[0].Square().Mean(axes, keepDims: true) + eps).Rsqrt(), o[0], null, same => same),
            Keywords.Of($"normalized_shape={Keywords.Tuple(normalized)}", Keywords.Number("eps", eps, 1e-5)));
    }

    /// <summary>x / (k + α mean x²)^β, the mean being over a window of channels around each, with zeros beyond the first and the last.</summary>
    /// <exception cref="ShapeException">There are no channels, or the size is not positive.</exception>
    public static Expr LocalResponseNorm(this Expr x, int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        if (size < 1 || x.Rank < 2) throw Refusal.Of("local_response_norm", [x], $"{size} channels of (n, channels, …) make no window", Origin.Here());
        return Definition.Apply("local_response_norm", [x], p =>
        {
            var squares = p[0].Square().Pad([.. Enumerable.Range(0, x.Rank).Select(i => i == 1 ? (size / 2, (size - 1) / 2) : (0, 0))]);
            var sum = Enumerable.Range(0, size).Select(i => squares.Slice(1, new(i, x.Shape[1]))).Aggregate((a, b) => a + b);
            return p[0] / (k + alpha / size * sum).Pow(beta);
        }, Keywords.Of($"{size}", Keywords.Number("alpha", alpha, 1e-4), Keywords.Number("beta", beta, 0.75), Keywords.Number("k", k, 1)));
    }

    private static Expr Affine(Expr x, Expr? weight, Expr? bias, Func<Expr, Expr> along) =>
        (weight is null ? x : x * along(weight)) is var scaled && bias is null ? scaled : scaled + along(bias!);

    private static void RequireChannels(string name, Expr x, params IEnumerable<Expr?> vectors)
    {
        if (x.Rank < 2) throw Refusal.Of(name, [x], "(n, channels, …) is needed", Origin.Here());
        foreach (var vector in vectors.OfType<Expr>())
            if (vector.Shape != Shape.Of(x.Shape[1])) throw Refusal.Of(name, [x, vector], $"one element for each of {x.Shape[1]} channels is needed", Origin.Here());
    }

    private static int[] LastAxes(string name, Expr x, Shape normalized, Expr? weight, Expr? bias)
    {
        ImmutableArray<Expr> all = [x, .. new[] { weight, bias }.OfType<Expr>()];
        var lead = x.Rank - normalized.Rank;
        return normalized.Rank > 0 && lead >= 0 && x.Shape.Dims[lead..].SequenceEqual(normalized) && all.Skip(1).All(v => v.Shape == normalized)
            ? [.. Enumerable.Range(lead, normalized.Rank)]
            : throw Refusal.Of(name, all, $"the last axes must be {normalized}, and weight and bias have that shape", Origin.Here());
    }
}
