using AutoDiffAE.Graph.Language;

namespace AutoDiffAE.Reading;

/// <summary>A derivation as a typed listing: what is computed, then a line for each cotangent, then the gradients. It parses back to the graph.</summary>
public static class DerivationListing
{
    public static Listing Of(Derivation derivation) => Listing.Of(
        [(derivation.Names.GetValueOrDefault(derivation.Cost, "cost"), derivation.Cost)],
        [.. derivation.Gradients.Select(g => (g.Variable, g.Raw))],
        [.. derivation.Steps.Select(s => (s.Step.Node, s.Step.Cotangent))]);

    public static IEnumerable<string> Lines(Derivation derivation) => Of(derivation).Text();
}
