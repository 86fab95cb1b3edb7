using AutoDiffAE.Shapes;

namespace AutoDiffAE.Initializers;

/// <summary>
/// How many values a weight's output is summed from, and how many its input goes to. Dense weights are (in, out); filters are
/// (out, in, rows, columns), and both numbers count the taps, as in Lasagne.
/// </summary>
public readonly record struct Fans(double In, double Out)
{
    /// <exception cref="ShapeException">A shape of fewer than two axes has no fans.</exception>
    public static Fans Of(Shape shape)
    {
        if (shape.Rank < 2) throw new ShapeException($"weights of shape {shape} have no fan-in and fan-out: two axes at least do, else use a constant, uniform or normal initializer");
        var lengths = shape.Select(d => (double)(d.Value ?? throw new ShapeException($"weights of shape {shape} cannot be drawn: their lengths have to be numbers"))).ToArray();
        var taps = lengths[2..].Aggregate(1.0, (a, b) => a * b);
        return shape.Rank == 2 ? new(lengths[0], lengths[1]) : new(lengths[1] * taps, lengths[0] * taps);
    }
}
