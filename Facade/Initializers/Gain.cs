using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Initializers;

/// <summary>The factor of weights before an activation: what <see cref="Init"/>'s initializers of fans and <see cref="Init.Orthogonal"/> take as their gain.</summary>
public static class Gain
{
    private const double Widest = 12, Spacing = 1.0 / 128;

    /// <summary>The gains in use: 1 for linear, sigmoid and softplus layers, 5/3 for tanh, √2 for relu, √(2 / (1 + a²)) for leaky_relu of slope a, ¾ for selu.</summary>
    /// <param name="activation">Its name.</param>
    /// <param name="slope">a, of leaky_relu.</param>
    /// <exception cref="ArgumentException">Nothing is known of an activation of this name.</exception>
    public static double Of(string activation, double slope = 0.01) => activation switch
    {
        "linear" or "sigmoid" or "softplus" => 1,
        "tanh" => 5.0 / 3,
        "relu" => Math.Sqrt(2),
        "leaky_relu" => Math.Sqrt(2 / (1 + slope * slope)),
        "selu" => 0.75,
        _ => throw new ArgumentException($"no gain is known of an activation {activation}; Gain.Preserving computes one of any formula", nameof(activation)),
    };

    /// <summary>
    /// The gain with which any activation keeps the second moment of a layer of many inputs: 1 / √E f(z)² for a standard normal z, by the trapezoidal rule.
    /// relu has √2; tanh 1.5925, a little less than the 5/3 in use.
    /// </summary>
    /// <param name="activation">A formula of the input, element by element.</param>
    /// <exception cref="ArgumentException">f(z)² has no finite mean, or f is 0.</exception>
    public static double Preserving(Func<Expr, Expr> activation)
    {
        var points = (int)(2 * Widest / Spacing) + 1;
        var at = Tensor<double>.Build([points], z =>
        {
            for (var i = 0; i < z.Length; i++) z[i] = i * Spacing - Widest;
        });
        var z = Expr.Variable("z", points);
        var density = (-0.5 * z.Square()).Exp() * (Spacing / Math.Sqrt(2 * Math.PI));
        var moment = Compiler.Compile(new Computation([z], [(activation(z).Square() * density).Sum()]), new Store<double>()).Invoke(at)[0].Value;
        return double.IsFinite(moment) && moment > 0
            ? 1 / Math.Sqrt(moment)
            : throw new ArgumentException($"an activation whose square has the mean {Printer.Number(moment)} has no gain", nameof(activation));
    }
}
