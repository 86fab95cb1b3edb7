using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

/// <summary>An image (n, channels, space…) in which each value is repeated along the axes of space, and the values.</summary>
internal sealed record Repeated(Expr Value, ImmutableArray<int> Factors)
{
    public ImmutableArray<Dim> Lengths => Value.Shape.Dims[2..];

    /// <summary>reshape(broadcast_to(reshape(x))), once or several times over.</summary>
    public static Repeated? Of(Expr image)
    {
        if (image is not { Op: Op.Reshape, Args: [{ Op: Op.BroadcastTo { Target: var target }, Args: [var values] }] } || values.Rank != target.Rank) return null;
        var ones = Enumerable.Range(0, target.Rank).Where(i => values.Shape[i].Is(1) && !target[i].Is(1)).ToHashSet();
        if (Factored(target, ones.Contains, image.Shape) is not { } factors) return null;
        var shape = new Shape([.. image.Shape.Select((d, i) => i < 2 ? d : Dim.Divide(d, factors[i - 2])!)]);
        var source = values is { Op: Op.Reshape, Args: [var before] } ? before : values;
        var value = source.Shape == shape ? source : Expr.Of(new Op.Reshape(shape), [source], image.Origin);
        return Of(value) is { } inner ? inner with { Factors = [.. inner.Factors.Zip(factors, (a, b) => a * b)] } : new(value, factors);
    }

    /// <summary>The factors of which an image's blocks are summed; the value stands for the sum's shape only.</summary>
    public static Repeated? Summed(Shape blocks, Axes axes, Shape image) =>
        Factored(blocks, axes.Contains, image) is { } factors
            ? new(Expr.Variable("x", new Shape([.. image.Select((d, i) => i < 2 ? d : Dim.Divide(d, factors[i - 2])!)])), factors)
            : null;

    /// <summary>How often each axis of space is repeated, where each is split in (values, repeats) or whole, and something is repeated.</summary>
    private static ImmutableArray<int>? Factored(Shape blocks, Func<int, bool> repeats, Shape image)
    {
        var factors = ImmutableArray.CreateBuilder<int>();
        var at = 0;
        for (var axis = 0; axis < image.Rank; axis++, at++)
        {
            if (at >= blocks.Rank || repeats(at)) return null;
            if (at + 1 < blocks.Rank && repeats(at + 1))
            {
                if (axis < 2 || blocks[at + 1].Value is not { } factor || blocks[at] * factor != image[axis]) return null;
                factors.Add((int)factor);
                at++;
            }
            else if (blocks[at] != image[axis]) return null;
            else if (axis >= 2) factors.Add(1);
        }
        return at == blocks.Rank && image.Rank > 2 && factors.Any(f => f > 1) ? factors.ToImmutable() : null;
    }
}
