using AutoDiffAE.Layers;
using AutoDiffAE.Reading;
using AutoDiffAE.Training;

namespace AutoDiffAE.Reports;

/// <summary>A network's derivation by layer, as lines of a page with each part marked by what it is.</summary>
internal static class DerivationLines
{
    /// <summary>From here on characters that no text has stand for the beginnings of parts, and the next for their end.</summary>
    private const char Begin = '\uE000', End = '\uE0FF';

    /// <summary>What is learned from the error of reconstructions.</summary>
    public static IEnumerable<string> Of(Network network)
    {
        var task = TrainingTask.Reconstruction(network);
        return DerivationText.Lines(LayerDerivation.Of(task.Loss, task.Learned), paint: (role, text) => $"{(char)(Begin + (int)role)}{text}{End}").Select(Marked);
    }

    private static string Marked(string line) => string.Concat(Markup.Text(line).Select(c => c switch
    {
        End => "</span>",
        >= Begin and < End => $"<span class=\"{((TextRole)(c - Begin)).ToString().ToLowerInvariant()}\">",
        _ => $"{c}",
    }));
}
