using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Exchange;

internal sealed partial class OnnxRules
{
    public string Map(Op.Map op)
    {
        var args = Unrepeated();
        if (op.Function == OnnxFunctions.CopySign) return CopySign(args[0], args[1]);
        var (operation, truth) = OnnxFunctions.Named(op.Function) ?? throw Refused($"ONNX has not the function {op.Name}");
        return (operation, truth) switch
        {
            ("Mod", _) => graph.Node(operation, node, args, OnnxAttribute.Of("fmod", 1)),
            (_, OnnxFunctions.Truth.Given) => As(OnnxTensor.Float, Node(operation, args)),
            (_, OnnxFunctions.Truth.First) => Node(operation, args.SetItem(0, As(OnnxTensor.Bool, args[0]))),
            _ => Node(operation, args),
        };
    }

    /// <summary>|a| with the sign of b, which 1/b tells where b is -0.</summary>
    private string CopySign(string a, string b)
    {
        var zero = graph.Constant("zero", Tensor<float>.Scalar(0));
        var negative = Node("Or", Node("Less", b, zero), Node("Less", Node("Reciprocal", b), zero));
        var size = Node("Abs", a);
        return Node("Where", negative, Node("Neg", size), size);
    }

    /// <summary>The arguments before they were broadcast, which ONNX does by itself; the first stays as it is where otherwise the shape would be lost.</summary>
    private ImmutableArray<string> Unrepeated()
    {
        Expr Before(Expr arg) => arg.Op is Op.BroadcastTo ? arg.Args[0] : arg;
        ImmutableArray<Expr> before = [.. node.Args.Select(Before)];
        if (Broadcast.Common(before.Select(b => b.Shape)) is not { } shape || shape != node.Shape) before = before.SetItem(0, node.Args[0]);
        return [.. before.Select(b => graph[b])];
    }
}
