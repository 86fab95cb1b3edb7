using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Initializers;

/// <summary>The usual initial values. The gain of weights before a relu is √2, before tanh or nothing 1.</summary>
public static class Init
{
    public static Initializer Constant(double value) => (_, shape) => Tensor<double>.Full(value, Sizes(shape));

    /// <summary>Uniform in [low, high).</summary>
    public static Initializer Uniform(double low, double high) => (key, shape) => Tensor<double>.Build(Sizes(shape), values =>
    {
        Philox.Uniform(key, values);
        foreach (ref var value in values) value = low + (high - low) * value;
    });

    public static Initializer Normal(double deviation, double mean = 0) => (key, shape) => Tensor<double>.Build(Sizes(shape), values =>
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

    private static Initializer Within(Func<Fans, double> range) => (key, shape) =>
    {
        var r = range(Fans.Of(shape));
        return Uniform(-r, r)(key, shape);
    };

    private static Initializer Deviating(Func<Fans, double> deviation) => (key, shape) => Normal(deviation(Fans.Of(shape)))(key, shape);

    private static int[] Sizes(Shape shape) => shape.Evaluate(new Dictionary<string, long>());
}
