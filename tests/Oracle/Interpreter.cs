using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>The value of one node from the values of its arguments.</summary>
internal sealed partial class Interpreter(Expr node, Tensor<double>[] args, IReadOnlyDictionary<string, long> sizes) : IOpCases<Tensor<double>>
{
    private int[] Target => node.Shape.Evaluate(sizes);

    private Tensor<double> Each(Func<int[], double> value)
    {
        var target = Target;
        return Tensor<double>.Of(Positions.All(target).Select(value), target);
    }

    public Tensor<double> Variable(Op.Variable op) => throw new KeyNotFoundException($"the variable {op.Label} has no value");

    public Tensor<double> Constant(Op.Constant op) => op.Value;

    public Tensor<double> Literal(Op.Literal op) => Tensor<double>.Scalar(op.Value);

    public Tensor<double> SizeOf(Op.SizeOf op) => Tensor<double>.Scalar(op.Length.Evaluate(sizes));

    public Tensor<double> Iota(Op.Iota op) => Each(i => i[0]);

    public Tensor<double> Map(Op.Map op) =>
        Each(i => op.Function.Apply([.. args.Select(a => (Real)a[i])]).Value);

    public Tensor<double> StopGradient(Op.StopGradient op) => args[0];

    public Tensor<double> After(Op.After op) => args[0];

    public Tensor<double> Call(Op.Call op) =>
        Oracle.Run([op.Definition.Body], op.Definition.Parameters.Zip(args), sizes)[op.Definition.Body];

    public Tensor<double> MatMul(Op.MatMul op) => Each(i =>
    {
        var (a, b) = (args[0], args[1]);
        int[] lead = i[..^2];
        return Enumerable.Range(0, a.Sizes[^1]).Sum(k => a[[.. lead, i[^2], k]] * b[[.. lead, k, i[^1]]]);
    });

    public Tensor<double> Convolution(Op.Convolution op) => TrilinearForm.Open(op, args, Target);

    private static int Start(StridedRange range, IReadOnlyDictionary<string, long> sizes) => (int)range.Start.Evaluate(sizes);
}
