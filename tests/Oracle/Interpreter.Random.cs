using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    public Tensor<double> Uniform(Op.Uniform op)
    {
        var values = new double[Target.Aggregate(1, (a, b) => a * b)];
        Philox.Uniform(new Key(op.Key).Fold((ulong)args[0].Span[0]), values);
        return Tensor<double>.Of(values, Target);
    }
}
