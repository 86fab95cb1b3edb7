using System.CommandLine;
using AutoDiffAE.Autoencoders;

namespace AutoDiffAE.Cli;

/// <summary><c>--variant</c>: which autoencoder.</summary>
internal static class VariantOption
{
    public static Option<string> Of(string usual = "plain") => Options.Text("--variant", usual, "V", $"What keeps it from the identity: {string.Join(", ", Variant.Known)}");

    /// <summary>As it is written in full.</summary>
    /// <exception cref="UsageException">There is no such variant.</exception>
    public static string Known(string variant)
    {
        try
        {
            return $"{Variant.Parse(variant)}";
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--variant {variant}: {e.Message}");
        }
    }
}
