using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>A sampler for each struct that states a scalar function, found by reflection.</summary>
public static class ScalarSamplers
{
    /// <summary>Values stay this far from kinks and from the ends of the domain; a difference steps at most half as far.</summary>
    private const double Margin = 0.0625;

    public static readonly ImmutableArray<ScalarFunction> Functions = ScalarFunctions.All;

    public static readonly ImmutableArray<Sampler> All = [.. Functions.Select(Sampler)];

    /// <summary>The function that a struct states; null for other types.</summary>
    public static ScalarFunction? Of(Type type) => ScalarFunctions.Of(type);

    /// <summary>The function of arguments within its domain and away from its kinks.</summary>
    public static Sampler Sampler(ScalarFunction f) => new(f.Name, typeof(Op.Map), LinearityOf(f), d => Apply(f, d));

    private static Linearity LinearityOf(ScalarFunction f) =>
        f.Type == typeof(Negate) || f.Type == typeof(Add) || f.Type == typeof(Subtract) || f.Type == typeof(Where) ? Linearity.Jointly
        : f.Type == typeof(Multiply) || f.Type == typeof(Chain) ? Linearity.Separately
        : Linearity.None;

    private static Expr Apply(ScalarFunction f, Draw draw)
    {
        var target = draw.Lengths();
        ImmutableArray<Expr> args = [.. Enumerable.Range(0, f.Arity).Select(i =>
        {
            var lengths = i == 0 ? target : draw.BroadcastsTo(target);
            // A condition jumps between 0 and everything else; an order is a constant.
            var condition = f.Type == typeof(Where) && i == 0;
            var order = f.Type == typeof(Polygamma) && i == 0;
            // A remainder jumps where the quotient is an integer, which no value over one of these divisors is.
            var divisor = (f.Type == typeof(Remainder) || f.Type == typeof(Fmod)) && i == 1;
            var values = order ? draw.Values(lengths.Sizes(), () => draw.Int(1, 4))
                : divisor ? draw.Values(lengths.Sizes(), () => draw.Pick([-1.0, 1]))
                : Values(f, i, lengths.Sizes(), draw, condition);
            return draw.Input(lengths, values, !condition && !order);
        })];
        return Expr.Map(f, args);
    }

    private static Tensor<double> Values(ScalarFunction f, int argument, int[] sizes, Draw draw, bool condition) =>
        draw.Values(sizes, () => condition ? draw.Int(-1, 1) : Value(f, argument, draw));

    /// <summary>
    /// A quarter of an integer, shifted for each argument, so that no two arguments meet, none meets an integer, and each is far enough from it.
    /// </summary>
    private static double Value(ScalarFunction f, int argument, Draw draw)
    {
        double[] shifts = [0.08, 0.16, 0.12];
        var domain = f.Domain[argument];
        for (var tries = 0; tries < 1000; tries++)
        {
            var x = draw.Int(-10, 10) * 0.25 + shifts[argument] + draw.Uniform(-0.005, 0.005);
            // Twice as far from an end of the domain, where derivatives of all orders may grow without bound.
            if (domain.Contains(x - 2 * Margin) && domain.Contains(x + 2 * Margin) && (f.Arity > 1 || f.IsSmoothAt([x], Margin))) return x;
        }
        throw new InvalidOperationException($"no values found in the domain of {f.Name}");
    }
}
