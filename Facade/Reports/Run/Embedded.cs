using System.Text;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>Pictures within a page that needs nothing beside itself.</summary>
internal static class Embedded
{
    /// <summary>A chart that has styles of its own, apart from the page's.</summary>
    public static string Svg(string svg, string alt) => $"<img class=\"chart\" alt=\"{Markup.Text(alt)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\"/>";

    /// <param name="picture">(height, width, 1 or 3)</param>
    /// <param name="alt">What it shows, for who cannot see it.</param>
    public static string Picture(Tensor<byte> picture, string alt) =>
        $"<img class=\"sheet\" width=\"{picture.Sizes[1]}\" height=\"{picture.Sizes[0]}\" alt=\"{Markup.Text(alt)}\" src=\"{Png(picture)}\"/>";

    /// <param name="picture">(height, width, 1 or 3)</param>
    public static string Png(Tensor<byte> picture) => $"data:image/png;base64,{Convert.ToBase64String(Reports.Png.Encode(picture))}";
}
