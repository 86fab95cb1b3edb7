using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Expressions and values of the inputs that they depend on. It prints as C# that can be pasted into a test.</summary>
/// <param name="Case">Where its random numbers come from.</param>
/// <param name="Outputs">At least one.</param>
/// <param name="Inputs">Each variable with its value.</param>
public sealed record Sample(Case Case, ImmutableArray<Expr> Outputs, ImmutableArray<Input> Inputs)
{
    public static Sample Of(Case origin, Func<Draw, IEnumerable<Expr>> build)
    {
        var draw = new Draw(origin);
        return Origin.OfText(() => new Sample(origin, [.. build(draw)], [.. draw.Inputs]));
    }

    public Expr Y => Outputs[0];

    /// <summary>The inputs with respect to which it is differentiated.</summary>
    public IEnumerable<Input> Wrt => Inputs.Where(i => i.Varies);

    /// <summary>Further random numbers, the same each time that they are asked for.</summary>
    public Draw Directions() => new(Case, Inputs);

    public override string ToString() => CSharp.Of(this);
}
