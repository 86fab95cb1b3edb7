using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Initializers;

/// <summary>The usual initial values: Lasagne's. Gains by activation are those of <see cref="Gain"/>.</summary>
public static class Init
{
    public static Initializer Constant(double value) => (_, shape) => Tensor<double>.Full(value, Sizes(shape));

    /// <summary>Uniform in [low, high).</summary>
    public static Initializer Uniform(double low, double high) => (key, shape) => Tensor<double>.Build(Sizes(shape), values =>
    {
        Philox.Uniform(key, values);
        foreach (ref var value in values) value = low + (high - low) * value;
    });

    /// <summary>Uniform in [-range, range).</summary>
    public static Initializer Uniform(double range = 0.01) => Uniform(-range, range);

    public static Initializer Normal(double deviation = 0.01, double mean = 0) => (key, shape) => Tensor<double>.Build(Sizes(shape), values =>
    {
        Philox.Normal(key, values);
        foreach (ref var value in values) value = mean + deviation * value;
    });

    /// <summary>Uniform within ± gain · √(6 / (fan-in + fan-out)): X. Glorot, Y. Bengio, AISTATS 2010.</summary>
    public static Initializer GlorotUniform(double gain = 1) => Within(f => gain * Math.Sqrt(6 / (f.In + f.Out)));

    /// <summary>Normal with the deviation gain · √(2 / (fan-in + fan-out)).</summary>
    public static Initializer GlorotNormal(double gain = 1) => Deviating(f => gain * Math.Sqrt(2 / (f.In + f.Out)));

    /// <summary>Uniform within ± gain · √(3 / fan-in): K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015.</summary>
    public static Initializer HeUniform(double gain = 1) => Within(f => gain * Math.Sqrt(3 / f.In));

    /// <summary>Normal with the deviation gain · √(1 / fan-in).</summary>
    public static Initializer HeNormal(double gain = 1) => Deviating(f => gain * Math.Sqrt(1 / f.In));

    /// <summary>
    /// Rows or columns, whichever are fewer, that are orthogonal and of length gain: of weights (in, out) themselves, of filters (out, in, …) as (out, in · taps).
    /// A. Saxe, J. McClelland, S. Ganguli, ICLR 2014.
    /// </summary>
    /// <exception cref="ShapeException">On drawing: there are fewer than two axes.</exception>
    public static Initializer Orthogonal(double gain = 1) => (key, shape) =>
    {
        if (shape.Rank < 2) throw new ShapeException($"weights of shape {shape} cannot be orthogonal: two axes at least can");
        var sizes = Sizes(shape);
        var (rows, columns) = (sizes[0], sizes[1..].Aggregate(1, (a, b) => checked(a * b)));
        var q = Orthonormal.Rows(key, Math.Min(rows, columns), Math.Max(rows, columns));
        return Tensor<double>.Build(sizes, values =>
        {
            for (var i = 0; i < values.Length; i++) values[i] = gain * (rows <= columns ? q[i] : q[i % columns * rows + i / columns]);
        });
    };

    /// <summary>
    /// Of weights (in, out) in each column the same number of normal ones, at places drawn for each, and zeros else. J. Martens, ICML 2010.
    /// </summary>
    /// <param name="share">How many of a column are not 0, of all: 0 to 1, to the nearest whole number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in [0, 1].</exception>
    /// <exception cref="ShapeException">On drawing: there are not two axes.</exception>
    public static Initializer Sparse(double share = 0.1, double deviation = 0.01)
    {
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), FormattableString.Invariant($"{share} of the weights cannot be drawn, 0 to 1 can"));
        return (key, shape) =>
        {
            if (shape.Rank != 2) throw new ShapeException($"weights of shape {shape} cannot be sparse: those of two axes, (in, out), can");
            var (sizes, drawn) = (Sizes(shape), Normal(deviation)(key, shape));
            var each = (int)Math.Round(share * sizes[0]);
            return Tensor<double>.Build(sizes, values =>
            {
                for (var column = 0; column < sizes[1]; column++)
                    foreach (var row in Philox.Permutation(key.Fold((ulong)column), sizes[0]).AsSpan(0, each))
                        values[row * sizes[1] + column] = drawn.Span[row * sizes[1] + column];
            });
        };
    }

    private static Initializer Within(Func<Fans, double> range) => (key, shape) =>
    {
        var r = range(Fans.Of(shape));
        return Uniform(-r, r)(key, shape);
    };

    private static Initializer Deviating(Func<Fans, double> deviation) => (key, shape) => Normal(deviation(Fans.Of(shape)))(key, shape);

    private static int[] Sizes(Shape shape) => shape.Evaluate(new Dictionary<string, long>());
}
