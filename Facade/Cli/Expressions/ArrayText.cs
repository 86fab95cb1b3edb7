using System.Globalization;
using AutoDiffAE.Data;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>An array as numpy prints it, but with all digits that tell its values apart; a large one abridged to eight digits, with statistics.</summary>
internal static class ArrayText
{
    private const int MostElements = 1000, Edge = 3, Width = 75;

    public static IEnumerable<string> Lines(string name, StoredArray array)
    {
        var values = array.As<double>().Span.ToArray();
        var sizes = array.Sizes.ToArray();
        yield return $"{name} {Shape.Of(sizes)} {array.Type.Name}";
        var abridged = values.Length > MostElements;
        var shown = Shown(sizes, 0, 0, abridged).Select(i => abridged ? Rounded(values[i]) : values[i]);
        var cells = new Queue<string>(NumberColumn.Of([.. shown], array.Type.Size == 4));
        foreach (var line in Block(sizes, 0, cells, abridged).Split('\n')) yield return line;
        if (abridged) yield return Statistics(values);
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Positions of the elements that are printed, in order.</summary>
    private static IEnumerable<int> Shown(int[] sizes, int axis, int at, bool abridged) => axis == sizes.Length
        ? [at]
        : Indices(sizes[axis], abridged).Where(i => i >= 0).SelectMany(i => Shown(sizes, axis + 1, at * sizes[axis] + i, abridged));

    /// <summary>The indices along an axis; -1 stands for those left out.</summary>
    private static IEnumerable<int> Indices(int size, bool abridged) => abridged && size > 2 * Edge
        ? [.. Enumerable.Range(0, Edge), -1, .. Enumerable.Range(size - Edge, Edge)]
        : Enumerable.Range(0, size);

    private static string Block(int[] sizes, int axis, Queue<string> cells, bool abridged)
    {
        if (axis == sizes.Length) return cells.Dequeue();
        var items = Indices(sizes[axis], abridged).Select(i => i < 0 ? "..." : Block(sizes, axis + 1, cells, abridged));
        var indent = new string(' ', axis + 1);
        return axis == sizes.Length - 1
            ? $"[{Wrapped(items, indent)}]"
            : $"[{string.Join(new string('\n', sizes.Length - 1 - axis) + indent, items)}]";
    }

    private static string Wrapped(IEnumerable<string> items, string indent)
    {
        var (text, column) = (new System.Text.StringBuilder(), indent.Length);
        foreach (var item in items)
        {
            var first = text.Length == 0;
            if (!first && column + 1 + item.Length > Width)
            {
                text.Append('\n').Append(indent);
                (first, column) = (true, indent.Length);
            }
            text.Append(first ? "" : " ").Append(item);
            column += item.Length + (first ? 0 : 1);
        }
        return text.ToString();
    }

    private static string Statistics(double[] values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var (nan, infinite) = (values.Count(double.IsNaN), values.Count(double.IsInfinity));
        var mean = finite.Length == 0 ? double.NaN : finite.Average();
        var deviation = finite.Length == 0 ? double.NaN : Math.Sqrt(finite.Average(v => (v - mean) * (v - mean)));
        return string.Create(CultureInfo.InvariantCulture, $"{values.Length:N0} elements")
            + (finite.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $": least {finite.Min():G6}, most {finite.Max():G6}, mean {mean:G6}, deviation {deviation:G6}"))
            + (nan + infinite == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {nan:N0} nan, {infinite:N0} infinite"));
    }
}
