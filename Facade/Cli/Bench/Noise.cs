using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>Standard normal numbers to measure with.</summary>
internal static class Noise
{
    public static Buffer<float> For(Expr variable, string name, int batch = 1)
    {
        var buffer = new Buffer<float>(variable.Shape.Evaluate(new Dictionary<string, long> { ["n"] = batch }));
        Philox.Normal(new Key(0).Fold(name), buffer.Span);
        return buffer;
    }
}
