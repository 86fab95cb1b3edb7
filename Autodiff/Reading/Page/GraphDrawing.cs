using System.Collections.Immutable;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Reading.Markup;

namespace AutoDiffAE.Reading;

/// <summary>The forward graph and the backward graph as SVG, node for node at the same places; arrows run down in the one and up in the other.</summary>
internal sealed class GraphDrawing
{
    private const double Em = 8.7, SmallEm = 7.3, Padding = 13, BoxHeight = 56, Thumb = 36, Margin = 12, LeastWidth = 84;

    private const int LongestFormula = 26, ThumbSide = 6;

    /// <summary>What is given and used more often is drawn to its first use, and at the others by its name alone.</summary>
    private const int MostUses = 4;

    private readonly PageGraph _graph;
    private readonly ImmutableArray<NodeLabel> _forward, _backward;
    private readonly LayeredLayout _layout;
    private readonly ImmutableArray<(int From, int To)> _edges, _stubs;

    public GraphDrawing(PageGraph graph)
    {
        _graph = graph;
        var uses = graph.Edges.Where(e => graph.Nodes[e.From].Args.IsEmpty).GroupBy(e => e.From).Where(g => g.Count() > MostUses);
        _stubs = [.. uses.SelectMany(g => g.OrderBy(e => e.To).Skip(1))];
        _edges = [.. graph.Edges.Except(_stubs)];
        _forward = [.. graph.Nodes.Select(n => NodeLabel.Forward(n, LongestFormula))];
        _backward = [.. graph.Nodes.Select(n => NodeLabel.Backward(n, LongestFormula))];
        _layout = LayeredLayout.Of([.. _forward.Zip(_backward, (f, b) => (Math.Max(Width(f), Width(b)), BoxHeight))], _edges);
    }

    public IEnumerable<string> Forward()
    {
        yield return Open("forward", "The forward graph, from the variables down to the cost");
        for (var i = 0; i < _edges.Length; i++) yield return $"<path class=\"edge\" data-from=\"{_edges[i].From}\" data-to=\"{_edges[i].To}\" marker-end=\"url(#tip-forward)\" d=\"{Curve(_layout.Edges[i], 5)}\"/>";
        foreach (var (from, to, x) in Stubs()) yield return Stub($"data-from=\"{from}\" data-to=\"{to}\"", "tip-forward", x, _layout.Boxes[to].Y, false, _graph.Nodes[from].Name);
        for (var i = 0; i < _forward.Length; i++)
            foreach (var line in Box(i, _forward[i], "v", _graph.Nodes[i].InNumbers?.Value)) yield return line;
        yield return "</svg>";
    }

    public IEnumerable<string> Backward()
    {
        var steps = _graph.Steps.SelectMany((s, i) => s.Targets.Select(t => (Edge: (t, s.Node), Step: i + 1))).DistinctBy(e => e.Edge).ToDictionary(e => e.Edge, e => e.Step);
        yield return Open("backward", "The backward graph, from the cotangent of the cost up to those of the variables");
        for (var i = 0; i < _edges.Length; i++)
            if (steps.TryGetValue(_edges[i], out var step)) yield return $"<path class=\"edge\" data-step=\"{step}\" data-from=\"{_edges[i].To}\" data-to=\"{_edges[i].From}\" marker-end=\"url(#tip-backward)\" d=\"{Curve([.. _layout.Edges[i].Reverse()], -5)}\"/>";
        foreach (var (to, from, x) in Stubs())
            if (steps.TryGetValue((to, from), out var step)) yield return Stub($"data-step=\"{step}\" data-from=\"{from}\" data-to=\"{to}\"", "tip-backward", x, _layout.Boxes[from].Y, true, _graph.Nodes[to].Cotangent!);
        for (var i = 0; i < _backward.Length; i++)
            foreach (var line in _graph.Nodes[i].Cotangent is null ? Ghost(i) : Box(i, _backward[i], "c", _graph.Nodes[i].InNumbers?.Cotangent)) yield return line;
        yield return "</svg>";
    }

    private string Open(string kind, string label)
    {
        var (width, height) = (_layout.Width + 2 * Margin, _layout.Height + 2 * Margin);
        return $"<svg class=\"{kind}\" role=\"group\" aria-label=\"{label}\" viewBox=\"{Number(-Margin)} {Number(-Margin)} {Number(width)} {Number(height)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" style=\"--w:{Number(width)}px;--r:{(width / height).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)}\">"
            + $"<defs><marker id=\"tip-{kind}\" viewBox=\"0 0 8 8\" refX=\"3\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" d=\"M0 0L8 4L0 8L2 4z\"/></marker></defs>";
    }

    /// <summary>Where each arrives: from the right end of a box on to the left.</summary>
    private IEnumerable<(int From, int To, double X)> Stubs() =>
        _stubs.GroupBy(e => e.To).SelectMany(g => g.Select((e, i) => (e.From, e.To, _layout.Boxes[e.To].Right - 16 - 36 * i)));

    private static string Stub(string data, string tip, double x, double y, bool up, string name) =>
        $"<g class=\"edge stub\" {data}><path marker-end=\"url(#{tip})\" d=\"M{Number(x)} {Number(up ? y : y - 15)}V{Number(up ? y - 10 : y - 5)}\"/><text x=\"{Number(x)}\" y=\"{Number(y - 18)}\" text-anchor=\"middle\">{Text(Cut(name, 8))}</text></g>";

    private IEnumerable<string> Box(int i, NodeLabel label, string kind, Tensor<double>? value)
    {
        var box = _layout.Boxes[i];
        var node = _graph.Nodes[i];
        var role = node.Formula is null ? " variable" : i == _graph.Cost ? " cost" : "";
        yield return $"<g class=\"node{role}\" id=\"{kind}-{i}\" data-node=\"{i}\" data-kind=\"{kind}\" tabindex=\"0\" role=\"button\" aria-pressed=\"false\" aria-label=\"{Text(label.Spoken)}\" transform=\"translate({Number(box.X)} {Number(box.Y)})\">";
        yield return $"<rect class=\"box\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" rx=\"{(node.Formula is null ? BoxHeight / 2 : 9)}\"/>";
        var hasThumb = value is { Length: > 1 };
        var left = node.Formula is null ? Padding + 5 : Padding;
        yield return $"<text class=\"name\" x=\"{Number(left)}\" y=\"{(label.Formula.Length == 0 ? 33 : 24)}\">{Text(label.Name)}<tspan class=\"shape\" dx=\"8\">{Text(label.Aside)}</tspan></text>";
        yield return $"<text class=\"formula\" x=\"{Number(left)}\" y=\"43\">{Text(label.Formula)}</text>";
        if (hasThumb)
            foreach (var line in Thumbnail(value!, box.Width - Thumb - (node.Formula is null ? 17 : 10), 10)) yield return line;
        yield return "</g>";
    }

    /// <summary>What the derivation has no cotangent for.</summary>
    private IEnumerable<string> Ghost(int i)
    {
        var box = _layout.Boxes[i];
        yield return $"<g class=\"ghost\" data-ghost=\"{i}\" transform=\"translate({Number(box.X)} {Number(box.Y)})\"><rect width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" rx=\"{(_graph.Nodes[i].Formula is null ? BoxHeight / 2 : 9)}\"/><text x=\"{Number(box.Width / 2)}\" y=\"31\" text-anchor=\"middle\">{Text(_graph.Nodes[i].Name)}</text></g>";
    }

    private static IEnumerable<string> Thumbnail(Tensor<double> value, double x, double y)
    {
        foreach (var map in HeatMap.Of(value, ThumbSide, 1))
        {
            var cell = Math.Min(8, Math.Min(Thumb / map.Rows, Thumb / map.Columns));
            var (left, top) = (x + (Thumb - cell * map.Columns) / 2, y + (Thumb - cell * map.Rows) / 2);
            yield return $"<g class=\"thumb\" aria-hidden=\"true\">";
            for (var i = 0; i < map.Shades.Length; i++)
                yield return $"<rect class=\"{Shade(map.Shades[i])}\" x=\"{Number(left + i % map.Columns * cell)}\" y=\"{Number(top + i / map.Columns * cell)}\" width=\"{Number(cell - 0.7)}\" height=\"{Number(cell - 0.7)}\" fill-opacity=\"{(Math.Abs(map.Shades[i] ?? HeatMap.Darkest) / (double)HeatMap.Darkest * 0.92 + 0.08).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}\"/>";
            yield return "</g>";
        }
    }

    private static string Shade(int? shade) => shade switch { null => "x", < 0 => "n", _ => "p" };

    private static double Width(NodeLabel label)
    {
        var text = Math.Max(label.Name.Length * Em + (label.Aside.Length > 0 ? 8 + label.Aside.Length * SmallEm : 0), label.Formula.Length * SmallEm);
        return Math.Max(LeastWidth, text + 2 * Padding + (label.IsRound ? 10 : 0) + (label.HasThumb ? Thumb + 8 : 0));
    }

    /// <summary>Through all points, with vertical tangents; the end is drawn back to leave room for the tip.</summary>
    private static string Curve(ImmutableArray<LayoutPoint> points, double back)
    {
        var path = new System.Text.StringBuilder($"M{Number(points[0].X)} {Number(points[0].Y)}");
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], i == points.Length - 1 ? points[i] with { Y = points[i].Y - back } : points[i]);
            if (from.X == to.X) path.Append($"V{Number(to.Y)}");
            else path.Append($"C{Number(from.X)} {Number((from.Y + to.Y) / 2)} {Number(to.X)} {Number((from.Y + to.Y) / 2)} {Number(to.X)} {Number(to.Y)}");
        }
        return path.ToString();
    }
}
