using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tests.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>A wrong rule planted in the table is caught: the laws have teeth.</summary>
public sealed class PlantedBugTest
{
    private static readonly Dictionary<string, (Pullbacks Table, string Operation)> Bugs = new()
    {
        ["a sum gives its cotangent the wrong sign"] = (new WrongSum((_, dx) => -dx), "sum"),
        ["a sum forgets that every element has the whole cotangent"] = (new WrongSum((y, dx) => dx * 0.5), "sum"),
        ["a mean is not divided"] = (new WrongSum((y, dx) => dx * Formulas.SizeOf(y.Args[0].Shape.Size)), "mean"),
        ["a product forgets to transpose the right operand"] = (new WrongMatMul((y, dy) => Square(y) ? dy.MatMul(y.Args[1]) : dy.MatMul(y.Args[1].Transpose()), null), "matmul"),
        ["a product takes the right cotangent's rows reversed"] = (new WrongMatMul(null, (y, dy) => y.Args[0].Transpose().MatMul(dy).Flip(-2)), "matmul"),
        ["a broadcast sums too few axes"] = (new WrongBroadcast(), "broadcast_to"),
        ["a permutation is undone by itself"] = (new WrongPermute(), "permute"),
        ["a slice pads from the front"] = (new WrongSlice(), "slice"),
        ["a concatenation gives every part the first stretch"] = (new WrongConcatenate(), "concat"),
        ["a maximum gives to all elements"] = (new WrongMaximum(), "max"),
        ["a convolution's gradient is not flipped back"] = (new WrongConvolution(f => f with { Flip = !f.Flip }), "convolution, Output open"),
        ["a convolution's gradient swaps its padding"] = (new WrongConvolution(f => f with { Windows = f.Windows.Select(w => w with { Low = w.High, High = w.Low }).ToSequence() }), "convolution, Output open"),
        ["a derivative lacks a factor"] = (new WrongMap(typeof(Scalars.Square), 0.5), "square"),
        ["a derivative has the wrong sign"] = (new WrongMap(typeof(Cos), -1), "cos"),
        ["a derivative is off by a thousandth"] = (new WrongMap(typeof(Tanh), 1.001), "tanh"),
        ["a reshape loses its order"] = (new WrongReshape(), "reshape"),
    };

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_caught(string bug)
    {
        var (table, operation) = Bugs[bug];
        var sampler = ScalarSamplers.All.Concat(OpSamplers.All).Single(s => s.Name == operation);
        Assert.ThrowsAny<Exception>(() => Case.ForAll(d => GradientLaw.First(sampler.Build(d), d, table)));
        Case.ForAll(d => GradientLaw.First(sampler.Build(d), d), 20);
    }

    private static bool Square(Expr e) => e.Args[1].Shape[e.Rank - 2] == e.Args[1].Shape[e.Rank - 1];

    private static Pullback Changed(Pullback right, Func<Expr, Expr, Expr> first) => right with
    {
        Contributions = (y, dy) => right.Contributions(y, dy).SetItem(0, first(y, right.Contributions(y, dy)[0]!)),
    };

    private sealed class WrongSum(Func<Expr, Expr, Expr> wrong) : Pullbacks
    {
        public override Pullback Sum(Op.Sum op) => Changed(base.Sum(op), wrong);
    }

    private sealed class WrongMatMul(Func<Expr, Expr, Expr>? left, Func<Expr, Expr, Expr>? right) : Pullbacks
    {
        public override Pullback MatMul(Op.MatMul op) => new("matmul", (y, dy) => base.MatMul(op).Contributions(y, dy) is var c
            ? [left?.Invoke(y, dy) ?? c[0], right?.Invoke(y, dy) ?? c[1]] : []);
    }

    private sealed class WrongBroadcast : Pullbacks
    {
        // The last copy stands for all of them.
        public override Pullback BroadcastTo(Op.BroadcastTo op) => new("broadcast", (y, dy) =>
            [Broadcast.Repeated(y.Args[0].Shape, op.Target).Reverse().Aggregate(dy, (part, axis) =>
                part.Slice(axis, new StridedRange(part.Shape[axis] - 1, 1)).Sum([axis])).Reshape(y.Args[0].Shape)]);
    }

    private sealed class WrongPermute : Pullbacks
    {
        public override Pullback Permute(Op.Permute op) => Changed(base.Permute(op), (y, dx) =>
            dx.Permute([.. op.Order]).Permute([.. op.Order]) is var wrong && wrong.Shape == dx.Shape ? wrong : -dx);
    }

    private sealed class WrongSlice : Pullbacks
    {
        public override Pullback Slice(Op.Slice op) => new("slice", (y, dy) =>
            [Expr.Of(new Op.Pad(op.Ranges.Select(r => new StridedRange(0, r.Length)).ToSequence(), y.Args[0].Shape), dy)]);
    }

    private sealed class WrongConcatenate : Pullbacks
    {
        public override Pullback Concatenate(Op.Concatenate op) => new("concat", (y, dy) =>
            [.. y.Args.Select(part => (Expr?)dy.Slice(op.Axis, new StridedRange(0, part.Shape[op.Axis])))]);
    }

    private sealed class WrongMaximum : Pullbacks
    {
        public override Pullback Maximum(Op.Maximum op) => new("max", (y, dy) => base.Sum(new Op.Sum(op.Axes)).Contributions(y, dy));
    }

    private sealed class WrongConvolution(Func<ConvolutionForm, ConvolutionForm> wrong) : Pullbacks
    {
        public override Pullback Convolution(Op.Convolution op) => base.Convolution(op with { Form = wrong(op.Form) });
    }

    private sealed class WrongMap(Type function, double factor) : Pullbacks
    {
        public override Pullback Map(Op.Map op) => op.Function.Type == function ? Changed(base.Map(op), (_, dx) => dx * factor) : base.Map(op);
    }

    private sealed class WrongReshape : Pullbacks
    {
        public override Pullback Reshape(Op.Reshape op) => Changed(base.Reshape(op), (_, dx) => dx.Rank == 0 ? dx : dx.Flip(0));
    }
}
