using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Reading.Markup;
using static AutoDiffAE.Reports.Embedded;

namespace AutoDiffAE.Reports;

/// <summary>Codes as places in the plane: each image's class written where its code lies, and some of the images themselves.</summary>
internal sealed record CodeMap(PrincipalComponents Components, Images Images)
{
    private const double Width = 760, MostHeight = 560, Margin = 8, Side = 34;

    private const int MostPoints = 1500, LongestLabel = 3, LargestThumbnail = 48;

    /// <summary>Told apart on light and on dark, in the order of classes; later ones begin anew.</summary>
    private static readonly string[] Hues = ["#4e79a7", "#e8801a", "#d9464b", "#3f9f97", "#4f9a45", "#c9a227", "#a8699d", "#e0748a", "#8f6a52", "#7d7a76"];

    private readonly (ImmutableArray<(double X, double Y)> Places, double Height) _placed = Placed(Components.Points.Span[..(2 * Math.Min(MostPoints, Images.Count))]);

    /// <summary>A mark for each image.</summary>
    public IEnumerable<string> Points()
    {
        yield return Open($"{_placed.Places.Length} codes along their first two principal components{(Images.Labels is null ? "" : ", each written as its class")}");
        var classes = Images.Labels?.Span.ToArray().Distinct().Order().Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i);
        foreach (var ((x, y), i) in _placed.Places.Select((p, i) => (p, i)))
            yield return classes is null
                ? $"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"2.6\" fill=\"{Hues[0]}\"/>"
                : Label(Images.Labels!.Span[i]) is var label && $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" fill=\"{Hues[classes[Images.Labels.Span[i]] % Hues.Length]}\">{label}</text>" is var mark ? mark : "";
        yield return "</svg>";
    }

    /// <summary>Images where their codes lie, as many as do not lie on each other.</summary>
    public IEnumerable<string> Pictures()
    {
        yield return Open("images where their codes lie");
        var (h, w) = Images.Height >= Images.Width ? (Side, Side * Images.Width / Images.Height) : (Side * Images.Height / Images.Width, Side);
        var taken = ImmutableArray<(double X, double Y)>.Empty;
        foreach (var ((x, y), i) in _placed.Places.Select((p, i) => (p, i)))
        {
            if (taken.Any(t => Math.Abs(t.X - x) < w + 1 && Math.Abs(t.Y - y) < h + 1)) continue;
            taken = taken.Add((x, y));
            yield return $"<image x=\"{Number(x - w / 2)}\" y=\"{Number(y - h / 2)}\" width=\"{Number(w)}\" height=\"{Number(h)}\" href=\"{Png(Thumbnail(i))}\"/>";
        }
        yield return "</svg>";
    }

    private string Open(string title) => string.Create(CultureInfo.InvariantCulture, $"<svg class=\"map\" viewBox=\"0 0 {Width} {_placed.Height:0.#}\" role=\"img\" aria-label=\"{Text(title)}\">");

    private static string Label(int label) => label.ToString(CultureInfo.InvariantCulture) is { Length: <= LongestLabel } text ? text : "•";

    /// <summary>Both axes have one scale, so that distances are distances; the first one fills the width, unless the second would then be too high.</summary>
    private static (ImmutableArray<(double X, double Y)> Places, double Height) Placed(ReadOnlySpan<double> points)
    {
        var (all, frame) = (points.ToArray(), 2 * Margin + Side);
        var (xs, ys) = (all.Where((_, i) => i % 2 == 0).ToArray(), all.Where((_, i) => i % 2 == 1).ToArray());
        var (left, right, low, high) = (xs.Min(), xs.Max(), ys.Min(), ys.Max());
        var scale = Math.Min((Width - frame) / (right - left), (MostHeight - frame) / (high - low));
        if (!double.IsFinite(scale)) scale = 0;
        var height = frame + (high - low) * scale;
        return ([.. xs.Zip(ys, (x, y) => (Width / 2 + (x - (left + right) / 2) * scale, height / 2 - (y - (low + high) / 2) * scale))], height);
    }

    /// <summary>One image, of large ones every so manieth pixel.</summary>
    private Tensor<byte> Thumbnail(int image)
    {
        var (channels, height, width) = (Images.Channels is 3 ? 3 : 1, Images.Height, Images.Width);
        var step = (Math.Max(height, width) + LargestThumbnail - 1) / LargestThumbnail;
        var pixels = Images.Pixels.Span.Slice(image * Images.Examples.Each, Images.Examples.Each).ToArray();
        int[] sizes = [(height + step - 1) / step, (width + step - 1) / step, channels];
        return Tensor<byte>.Of(
            from row in Enumerable.Range(0, sizes[0])
            from column in Enumerable.Range(0, sizes[1])
            from channel in Enumerable.Range(0, channels)
            select (byte)Math.Clamp(MathF.Round(pixels[(channel * height + row * step) * width + column * step]), 0, 255), sizes);
    }
}
