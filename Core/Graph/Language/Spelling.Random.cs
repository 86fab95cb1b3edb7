namespace AutoDiffAE.Graph.Language;

internal sealed partial class Spelling
{
    public Spelled Uniform(Op.Uniform op) =>
        part(node.Args[0]) is var step ? Nested($"uniform({op.Shape}, key={Key(op.Key)}, step={step.Text})", Spelled.Atom, [step]) : default;

    /// <summary>A number where the language's numbers hold it exactly, else its hexadecimal digits.</summary>
    internal static string Key(ulong key) => key <= 1UL << 53 ? $"{key}" : $"\"{key:x16}\"";
}
