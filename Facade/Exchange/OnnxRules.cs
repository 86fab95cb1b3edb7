using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Exchange;

/// <summary>What each operation is in ONNX: a row adds the nodes of one expression, whose arguments have theirs, and gives the name of its value.</summary>
internal sealed partial class OnnxRules(OnnxBuilder graph, Expr node) : IOpCases<string>
{
    private string Arg(int index = 0) => graph[node.Args[index]];

    private Shape ShapeOf(int index = 0) => node.Args[index].Shape;

    private string Node(string operation, params ImmutableArray<string> inputs) => graph.Node(operation, node, inputs);

    private string As(int type, string value) => graph.Node("Cast", node, [value], OnnxAttribute.Of("to", type));

    private NotSupportedException Refused(string reason) => new($"onnx: {Printer.Short(node)} {node.Shape}: {reason}");

    private string Missing(string what) => throw Refused($"{what}, for which ONNX has no operation");

    /// <summary>A length that has to be a number.</summary>
    private long Known(Dim length, string what) => length.Value ?? throw Refused($"{what} is {length}, and has to be a number in ONNX: give the input this size");

    public string StopGradient(Op.StopGradient op) => Arg();

    public string After(Op.After op) => Arg();

    public string Call(Op.Call op) => throw new InvalidOperationException($"{op.Name} is written by its body");

    public string Variable(Op.Variable op) => throw Refused("the variable is no input of the model, and has no value in the store");

    public string Constant(Op.Constant op) => graph.Constant(node.Origin.Name ?? "constant", op.Value.Cast<float>());

    public string Literal(Op.Literal op) => graph.Constant(Printer.Number(op.Value), Tensor<float>.Scalar((float)op.Value));

    public string SizeOf(Op.SizeOf op) => op.Length.Value is { } number
        ? graph.Constant("size", Tensor<float>.Scalar(number))
        : Node("Squeeze", As(OnnxTensor.Float, graph.Length(op.Length, node)), graph.Integers(0));

    public string Iota(Op.Iota op) => op.Length.Value is { } length
        ? graph.Constant("iota", Tensor<float>.Build([checked((int)length)], values => { for (var i = 0; i < values.Length; i++) values[i] = i; }))
        : As(OnnxTensor.Float, Node("Range", graph.Integers("start", [0]), Node("Squeeze", graph.Length(op.Length, node), graph.Integers(0)), graph.Integers("step", [1])));

    public string Uniform(Op.Uniform op) => Missing("draws the random numbers of a key");

    public string Cholesky(Op.Cholesky op) => Missing("is a Cholesky factor");

    public string TriangularSolve(Op.TriangularSolve op) => Missing("solves a triangular system");

    public string Lu(Op.Lu op) => Missing("is an LU factorisation");

    public string RunningMaximum(Op.RunningMaximum op) => Missing("is a running maximum");

    /// <summary>y = Σ b where every a is 1.</summary>
    public string Cumulate(Op.Cumulate op) => Traversal.Topological([node.Args[0]]) is [{ Op: Op.Literal { Value: 1 } }, ..] factors && factors.Skip(1).All(f => f.Op is Op.BroadcastTo)
        ? graph.Node("CumSum", node, [Arg(1), graph.Integers("axis", [op.Axis])], OnnxAttribute.Of("exclusive", 0), OnnxAttribute.Of("reverse", op.Reverse ? 1 : 0))
        : Missing("is a linear recurrence");
}
