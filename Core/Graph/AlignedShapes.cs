using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>Shapes under each other, axes that meet in one column.</summary>
/// <param name="Rows">The operands, and the shape that was asked for.</param>
/// <param name="Misfits">Columns whose lengths do not go together.</param>
/// <param name="Note">What is said beside the carets.</param>
internal sealed record AlignedShapes(ImmutableArray<AlignedShapes.Row> Rows, ImmutableArray<int> Misfits, string Note)
{
    /// <param name="Label">The operand.</param>
    /// <param name="Columns">The column of each axis, ascending.</param>
    /// <param name="From">Where it is from, or what its axes are.</param>
    internal sealed record Row(string Label, Shape Shape, ImmutableArray<int> Columns, string From);

    public static AlignedShapes Of(RefusedOperation refused) => refused switch
    {
        { Op: Op.Reshape } => Counted(refused),
        { Op: Op.BroadcastTo to, Args: [var arg] } => Broadcasting([Operand(arg), new("target", to.Target, [], "")], (lengths, i) => lengths[0] is { } own && !own.Is(1) && !own.Equals(lengths[1])),
        { Op: Op.Concatenate { Axis: var axis }, Args: var args } when args.All(a => a.Rank == args[0].Rank) => Joined(args, axis),
        { Op: Op.Convolution { Open: Leg.Output } op, Args: [var x, var w] } when x.Rank == w.Rank && x.Rank == op.Form.SpatialRank + 2 => Convolved(op.Form, x, w),
        { Name: "matmul", Args: [{ Rank: > 0 } a, { Rank: > 0 } b] } => Multiplied(a, b),
        { Op: Op.Map, Args: var args } => Broadcasting([.. args.Select(Operand)], (lengths, _) => Differ(lengths)),
        var other => Broadcasting([.. other.Args.Select(Operand)], (_, _) => false),
    };

    private static Row Operand(Expr e) => new(Printer.Part(e).Text, e.Shape, [], string.Join(", ", ((string?[])[
        e.Op is Op.Variable ? "variable" : null, e.Origin.Scope is { } scope ? $"layer {scope}" : null, e.Origin.Source is { } line ? $"{line}" : null]).OfType<string>()));

    /// <summary>Equal lengths go together, and 1 goes with any.</summary>
    private static bool Differ(IEnumerable<Dim?> lengths) => lengths.OfType<Dim>().Where(d => !d.Is(1)).Distinct().Count() > 1;

    /// <summary>Aligned at the last axis.</summary>
    private static AlignedShapes Broadcasting(ImmutableArray<Row> rows, Func<ImmutableArray<Dim?>, int, bool> misfits)
    {
        var rank = rows.Max(r => r.Shape.Rank);
        return Marking([.. rows.Select(r => r with { Columns = [.. Enumerable.Range(rank - r.Shape.Rank, r.Shape.Rank)] })], misfits);
    }

    private static AlignedShapes Marking(ImmutableArray<Row> rows, Func<ImmutableArray<Dim?>, int, bool> misfits)
    {
        ImmutableArray<Dim?> Lengths(int column) => [.. rows.Select(r => r.Columns.IndexOf(column) is >= 0 and var axis ? r.Shape[axis] : null)];
        ImmutableArray<int> wrong = [.. rows.SelectMany(r => r.Columns).Distinct().Order().Where(c => misfits(Lengths(c), c))];
        return new(rows, wrong, string.Join("; ", wrong.Select(c => Lengths(c).OfType<Dim>().Distinct().ToList() is var met && met.Count(d => !d.Is(1)) > 1
            ? string.Join(" and ", met.Where(d => !d.Is(1)))
            : string.Join(" and ", met))));
    }

    /// <summary>(…, m, k) and (…, k, n): the last axis of the one meets the last but one of the other.</summary>
    private static AlignedShapes Multiplied(Expr a, Expr b)
    {
        var inner = Math.Max(a.Rank - 1, Math.Max(b.Rank - 1, 1));
        ImmutableArray<int> left = [.. Enumerable.Range(inner - a.Rank + 1, a.Rank)];
        // A lone axis on the right is the inner one; else the leading axes stand before those of the matrix.
        ImmutableArray<int> right = b.Rank == 1 ? [inner] : [.. Enumerable.Range(inner - b.Rank + 1, b.Rank - 2), inner, inner + 1];
        return Marking([Operand(a) with { Columns = left }, Operand(b) with { Columns = right }],
            (lengths, c) => c == inner ? !Equals(lengths[0], lengths[1]) : c < inner - 1 && Differ(lengths));
    }

    private static AlignedShapes Joined(ImmutableArray<Expr> args, int axis) => Broadcasting([.. args.Select(Operand)],
        (lengths, c) => c != axis && lengths.Distinct().Count() > 1);

    private static AlignedShapes Convolved(ConvolutionForm form, Expr x, Expr w)
    {
        bool Misfit(int axis) => axis == 1
            ? x.Shape[1] != w.Shape[1] * form.Groups
            : axis > 1 && (x.Shape[axis] + form.Windows[axis - 2].Low + form.Windows[axis - 2].High - form.Windows[axis - 2].Dilation * (w.Shape[axis] - 1) - 1).AtLeast(0) != true;
        Row Of(Expr e, string axes) => Operand(e) is var row ? row with { From = row.From.Length > 0 ? $"{axes}; {row.From}" : axes } : row;
        string Met(int axis) => $"{x.Shape[axis]} and {(axis == 1 && form.Groups > 1 ? $"{form.Groups} times " : "")}{w.Shape[axis]}";
        var aligned = Broadcasting([Of(x, "batch, channels, space"), Of(w, form.Groups == 1 ? "filters, channels, taps" : $"filters, channels of each of {form.Groups} groups, taps")], (_, c) => Misfit(c));
        return aligned with { Note = string.Join("; ", aligned.Misfits.Select(Met)) };
    }

    /// <summary>Of a reshape the numbers of elements tell.</summary>
    private static AlignedShapes Counted(RefusedOperation refused)
    {
        static string Elements(Shape shape) => shape.Any(d => d.Is(-1)) ? "" : $"{shape.Size} elements";
        static Row Counting(Row row) => row with { From = string.Join("; ", new[] { Elements(row.Shape), row.From }.Where(t => t.Length > 0)) };
        ImmutableArray<Row> rows = [.. refused.Args.Select(Operand), new("target", refused.Target!, [], "")];
        return new([.. rows.Select(Counting).Select(r => r with { Columns = [.. Enumerable.Range(0, r.Shape.Rank)] })], [], "");
    }

    public ImmutableArray<string> Lines()
    {
        var label = Rows.Max(r => r.Label.Length);
        ImmutableArray<int> columns = [.. Rows.SelectMany(r => r.Columns).Distinct().Order()];
        var widths = columns.ToDictionary(c => c, c => Rows.Max(r => r.Columns.IndexOf(c) is >= 0 and var axis ? $"{r.Shape[axis]}".Length : 0));
        string Cell(Row row, int column) => row.Columns.IndexOf(column) is >= 0 and var axis
            ? $"{$"{(axis == 0 ? "(" : "")}{row.Shape[axis]}".PadLeft(widths[column] + 1)}{(axis == row.Shape.Rank - 1 ? ")" : ",")}"
            : new string(' ', widths[column] + 2);
        string Cells(Row row) => row.Shape.Rank == 0 ? "()".PadLeft(widths.Values.Sum(w => w + 2)) : string.Concat(columns.Select(c => Cell(row, c)));
        var lines = Rows.Select(r => $"{r.Label.PadRight(label)}  {Cells(r)}{(r.From.Length > 0 ? $"  {r.From}" : "")}".TrimEnd());
        if (Misfits.IsEmpty) return [.. lines];
        // A caret stands under the last digit of each length.
        var carets = string.Concat(columns.Select(c => $"{new string(' ', widths[c])}{(Misfits.Contains(c) ? '^' : ' ')} "));
        return [.. lines, $"{new string(' ', label + 2)}{carets} {Note}".TrimEnd()];
    }
}
