using System.Collections.Immutable;

namespace AutoDiffAE.Shapes;

/// <summary>numpy's broadcasting: shapes are aligned at their last axis, and a length of 1 stretches to the other's length.</summary>
public static class Broadcast
{
    /// <summary>The common shape of all, or null where two lengths differ and neither is 1.</summary>
    public static Shape? Common(params IEnumerable<Shape> shapes)
    {
        var all = shapes.ToList();
        if (all.TrueForAll(s => s == all[0])) return all[0];
        var rank = all.Max(s => s.Rank);
        var dims = ImmutableArray.CreateBuilder<Dim>(rank);
        for (var axis = 0; axis < rank; axis++)
        {
            var lengths = all.Where(s => axis - rank + s.Rank >= 0).Select(s => s[axis - rank + s.Rank]).Where(d => !d.Is(1)).Distinct().ToList();
            if (lengths.Count > 1) return null;
            dims.Add(lengths.Count == 0 ? 1 : lengths[0]);
        }
        return new Shape(dims.MoveToImmutable());
    }

    /// <summary>The axes of <paramref name="to"/> along which a value of shape <paramref name="from"/> is repeated.</summary>
    public static Axes Repeated(Shape from, Shape to)
    {
        var lead = to.Rank - from.Rank;
        return Axes.Of(Enumerable.Range(0, to.Rank).Where(i => i < lead || (from[i - lead].Is(1) && !to[i].Is(1))));
    }
}
