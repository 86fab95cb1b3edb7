using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tests.Properties;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>A wrong rule planted in the table is caught: the laws have teeth.</summary>
public sealed class PlantedBugTest(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (Pullbacks Table, string Operation, string Rule)> Special = new()
    {
        ["a sum gives its cotangent the wrong sign"] = (new WrongSum((_, dx) => -dx), "sum", "sum"),
        ["a sum forgets that every element has the whole cotangent"] = (new WrongSum((y, dx) => dx * 0.5), "sum", "sum"),
        ["a mean is not divided"] = (new WrongSum((y, dx) => dx * Formulas.SizeOf(y.Args[0].Shape.Size)), "mean", "sum"),
        ["a product forgets to transpose the right operand"] = (new WrongMatMul((y, dy) => Square(y) ? dy.MatMul(y.Args[1]) : dy.MatMul(y.Args[1].Transpose()), null), "matmul", "matmul"),
        ["a product takes the right cotangent's rows reversed"] = (new WrongMatMul(null, (y, dy) => y.Args[0].Transpose().MatMul(dy).Flip(-2)), "matmul", "matmul"),
        ["a broadcast sums too few axes"] = (new WrongBroadcast(), "broadcast_to", "broadcast"),
        ["a permutation is undone by itself"] = (new WrongPermute(), "permute", "permute"),
        ["a slice pads from the front"] = (new WrongSlice(), "slice", "slice"),
        ["a concatenation gives every part the first stretch"] = (new WrongConcatenate(), "concat", "concat"),
        ["a maximum gives to all elements"] = (new WrongMaximum(), "max", "max"),
        ["a convolution's gradient is not flipped back"] = (new WrongConvolution(f => f with { Flip = !f.Flip }), "convolution, Output open", "conv"),
        ["a convolution's gradient swaps its padding"] = (new WrongConvolution(f => f with { Windows = f.Windows.Select(w => w with { Low = w.High, High = w.Low }).ToSequence() }), "convolution, Output open", "conv"),
        ["a derivative lacks a factor"] = (new WrongMap(typeof(Scalars.Square), 0.5), "square", "square"),
        ["a derivative has the wrong sign"] = (new WrongMap(typeof(Cos), -1), "cos", "cos"),
        ["a derivative is off by a thousandth"] = (new WrongMap(typeof(Tanh), 1.001), "tanh", "tanh"),
        ["a reshape loses its order"] = (new WrongReshape(), "reshape", "reshape"),
    };

    /// <summary>Each argument of each structural rule once with the wrong sign and once off by a thousandth.</summary>
    private static readonly (string Rule, string Operation, int Argument)[] Structural =
    [
        ("sum", "sum", 0), ("max", "max", 0), ("matmul", "matmul", 0), ("matmul", "matmul", 1),
        ("conv", "convolution, Output open", 0), ("conv", "convolution, Output open", 1),
        ("conv_input", "convolution, Input open", 0), ("conv_input", "convolution, Input open", 1),
        ("conv_kernel", "convolution, Kernel open", 0), ("conv_kernel", "convolution, Kernel open", 1),
        ("reshape", "reshape", 0), ("permute", "permute", 0), ("broadcast", "broadcast_to", 0), ("slice", "slice", 0),
        ("pad", "pad", 0), ("concat", "concat", 0), ("concat", "stack", 1),
        ("windows", "windows", 0), ("fold_windows", "fold_windows", 0),
    ];

    private static readonly (string Rule, int Argument, string What, Func<Expr, Expr, Expr> Wrong)[] Scalar =
    [
        ("add", 1, "gives its second argument the wrong sign", (_, dx) => -dx),
        ("sub", 1, "gives its second argument the sign of the first", (_, dx) => -dx),
        ("mul", 0, "multiplies by the wrong argument", (y, dx) => dx / y.Args[1] * y.Args[0]),
        ("div", 1, "forgets a division", (y, dx) => dx * y.Args[1]),
        ("exp", 0, "is not multiplied by the value", (y, dx) => dx / y),
        ("log", 0, "is the logarithm's to base 2", (_, dx) => dx / Math.Log(2)),
        ("sqrt", 0, "lacks its half", (_, dx) => dx * 2),
        ("sigmoid", 0, "forgets 1 - y", (y, dx) => dx / (1 - y)),
        ("softplus", 0, "is the sigmoid of -x", (y, dx) => dx / y.Args[0].Sigmoid() * (-y.Args[0]).Sigmoid()),
        ("sin", 0, "is the sine", (y, dx) => dx / y.Args[0].Cos() * y),
        ("abs", 0, "loses the sign", (y, dx) => dx * y.Args[0].Sign()),
        ("maximum", 0, "gives the larger half", (_, dx) => dx * 0.5),
        ("minimum", 1, "gives the smaller twice", (_, dx) => dx * 2),
        ("where", 1, "flows with the wrong sign", (_, dx) => -dx),
        ("reciprocal", 0, "has the wrong sign", (_, dx) => -dx),
        ("log1p", 0, "is the logarithm's", (y, dx) => dx * (1 + y.Args[0]) / y.Args[0]),
    ];

    private static readonly Dictionary<string, (Pullbacks Table, string Operation, string Rule)> Bugs = Special
        .Concat(Structural.SelectMany(s => new[]
        {
            KeyValuePair.Create($"{s.Rule} gives argument {s.Argument} of {s.Operation} the wrong sign", ((Pullbacks)new Planted(s.Rule, s.Argument, (_, dx) => -dx), s.Operation, s.Rule)),
            KeyValuePair.Create($"{s.Rule} gives argument {s.Argument} of {s.Operation} a thousandth too much", ((Pullbacks)new Planted(s.Rule, s.Argument, (_, dx) => dx * 1.001), s.Operation, s.Rule)),
        }))
        .Concat(Scalar.Select(s => KeyValuePair.Create($"the derivative of {s.Rule} {s.What}", ((Pullbacks)new Planted(s.Rule, s.Argument, s.Wrong), s.Rule, s.Rule))))
        .ToDictionary();

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_caught(string bug)
    {
        var (table, operation, _) = Bugs[bug];
        var sampler = ScalarSamplers.All.Concat(OpSamplers.All).Single(s => s.Name == operation);
        Assert.ThrowsAny<Exception>(() => Case.ForAll(d => GradientLaw.First(sampler.Build(d), d, table)));
        Case.ForAll(d => GradientLaw.First(sampler.Build(d), d), 20);
    }

    [Fact]
    public void The_checker_names_the_rule_of_each()
    {
        Assert.InRange(Bugs.Count, 40, int.MaxValue);
        var named = Bugs.ToDictionary(b => b.Key, b => Blamed(b.Value.Table, b.Value.Operation) == b.Value.Rule);
        output.WriteLine($"{named.Values.Count(right => right)} of {Bugs.Count} planted bugs are caught by the checker, with the right rule named");
        Assert.Empty(named.Where(n => !n.Value).Select(n => $"{n.Key}: {Blamed(Bugs[n.Key].Table, Bugs[n.Key].Operation) ?? "not caught"}"));
    }

    /// <summary>The rule that is blamed in the first case, of at most 100, that the checker does not pass.</summary>
    private static string? Blamed(Pullbacks table, string operation)
    {
        var sampler = ScalarSamplers.All.Concat(OpSamplers.All).Single(s => s.Name == operation);
        return Enumerable.Range(0, 100).Select(seed => new Draw(new Case(seed, 3)))
            .Select(d => GradientCheckTest.Check(sampler.Build(d), d, table)).FirstOrDefault(r => !r.Passed)?.Faults[0].Rule;
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
