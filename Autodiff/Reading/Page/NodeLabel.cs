using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>What stands in a node's box: its name, its value or shape beside it, and below the beginning of its formula.</summary>
/// <param name="Spoken">The whole, to be read aloud.</param>
internal sealed record NodeLabel(string Name, string Aside, string Formula, bool IsRound, bool HasThumb, string Spoken)
{
    public static NodeLabel Forward(PageNode node, int longest) => new(
        node.Name, Beside(node.InNumbers?.Value, node), Markup.Cut(node.Formula ?? "", longest), node.Formula is null, node.InNumbers?.Value is { Length: > 1 },
        node.Formula is null ? $"variable {node.Name}, shape {node.Node.Shape}" : $"{node.Name} = {node.Formula}, shape {node.Node.Shape}");

    public static NodeLabel Backward(PageNode node, int longest) => node.Cotangent is not { } name
        ? new(node.Name, "", "", node.Formula is null, false, "")
        : new(name, Beside(node.InNumbers?.Cotangent, node), Markup.Cut(node.Received ?? "0", longest), node.Formula is null, node.InNumbers?.Cotangent is { Length: > 1 },
            $"{name}, the cotangent of {node.Name}: {node.Received ?? "0"}, shape {node.Node.Shape}");

    private static string Beside(Tensor<double>? value, PageNode node) => value is { Length: 1 } ? $"= {Markup.Short(value.Span[0])}" : $"{node.Node.Shape}";
}
