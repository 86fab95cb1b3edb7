using System.Text;

namespace AutoDiffAE.Reading;

/// <summary>The page's style and script, which stand beside this file.</summary>
internal static class PageAssets
{
    public static string Style { get; } = Read("page.css");

    /// <summary>One function, so that nothing of it is global.</summary>
    public static string Script { get; } = $"(()=>{{'use strict';\n{string.Concat(new[] { "data.js", "tensors.js", "details.js", "around.js", "windows.js", "player.js" }.Select(Read))}}})();\n";

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
