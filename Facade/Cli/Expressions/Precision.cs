namespace AutoDiffAE.Cli;

/// <summary>The two precisions by their names.</summary>
internal static class Precision
{
    public const string Double = "double", Float = "float";

    /// <exception cref="UsageException">There is no such precision.</exception>
    public static bool IsSingle(string option, string name) => name switch
    {
        Double => false,
        Float => true,
        _ => throw new UsageException($"{option} {name}: double or float is needed"),
    };
}
