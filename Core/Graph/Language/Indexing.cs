using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>
/// <c>x[..., 1:, ::-1, 0, none, i, j]</c>: ranges slice, numbers drop their axis, <c>none</c> is a new axis, dots are all axes left. Arrays are
/// indices, next to each other, along neighbouring axes.
/// </summary>
internal static class Indexing
{
    public static Expr Of(Builder builder, Expr x, Syntax.Index index)
    {
        var items = Filled(builder, x, index);
        var ranges = ImmutableArray.CreateBuilder<StridedRange>();
        var shape = ImmutableArray.CreateBuilder<Dim>();
        var arrays = new List<(Expr Index, int Axis, int Item)>();
        foreach (var item in items)
        {
            if (item is Syntax.None) shape.Add(1);
            else if (Array(builder, item) is { } indices)
            {
                arrays.Add((indices, shape.Count, items.IndexOf(item)));
                shape.Add(x.Shape[ranges.Count]);
                ranges.Add(StridedRange.All(x.Shape[ranges.Count]));
            }
            else
            {
                var range = Positions(builder, item, x.Shape[ranges.Count]);
                ranges.Add(range);
                if (item is Syntax.Range) shape.Add(range.Length);
            }
        }
        var sliced = ranges.Select((r, i) => r.IsAll(x.Shape[i])).All(all => all) ? x : x.Slice([.. ranges]);
        var kept = items.All(i => i is Syntax.Range) || (sliced == x && shape.SequenceEqual(x.Shape)) ? sliced : sliced.Reshape(new Shape(shape.ToImmutable()));
        if (arrays.Count == 0) return kept;
        return arrays[^1].Item - arrays[0].Item == arrays.Count - 1
            ? kept.At([.. arrays.Select(a => a.Index)], arrays[0].Axis)
            : throw builder.Refuse(items[arrays[^1].Item].At, "arrays of indices stand next to each other");
    }

    /// <summary>What is neither a range nor a length.</summary>
    private static Expr? Array(Builder builder, Syntax item)
    {
        if (item is Syntax.Range or Syntax.Number or Syntax.Negation { Operand: Syntax.Number }) return null;
        try { builder.Lengths.Of(item); }
        catch (SyntaxException) { return builder.Of(item); }
        return null;
    }

    private static ImmutableArray<Syntax> Filled(Builder builder, Expr x, Syntax.Index index)
    {
        var named = index.Items.Count(i => i is not (Syntax.None or Syntax.Ellipsis));
        if (named > x.Rank) throw builder.Refuse(index.At, $"{named} indices for the shape {x.Shape}");
        var dots = index.Items.Where(i => i is Syntax.Ellipsis).ToList();
        if (dots.Count > 1) throw builder.Refuse(dots[1].At, "dots stand once in an index");
        var rest = Enumerable.Repeat<Syntax>(new Syntax.Range(index.At, null, null, null), x.Rank - named);
        var at = dots is [var only] ? index.Items.IndexOf(only) : index.Items.Length;
        return [.. index.Items[..at], .. rest, .. index.Items[Math.Min(at + 1, index.Items.Length)..]];
    }

    private static StridedRange Positions(Builder builder, Syntax item, Dim length)
    {
        if (item is not Syntax.Range range) return new(SliceBounds.Position(builder.Lengths.Of(item), length), 1);
        Dim? Bound(Syntax? s) => s is null or Syntax.None ? null : builder.Lengths.Of(s);
        var step = range.Step is null or Syntax.None ? 1 : builder.Lengths.Number(range.Step);
        return step == 0 || step == int.MinValue
            ? throw builder.Refuse(range.Step!.At, "a step cannot be 0")
            : new SliceBounds(Bound(range.Start), Bound(range.Stop), step).Of(length);
    }
}
