using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>
/// A wrong rule planted in the table is caught: the laws have teeth. A bug more is a line more, in <see cref="Special"/>, <see cref="Structural"/> or
/// <see cref="Scalar"/>.
/// </summary>
public sealed class PlantedBugTest(ITestOutputHelper output)
{
    /// <summary>What people get wrong.</summary>
    public enum Fault { Sign, Transpose, Factor, MissingSum, Tie, Order, Formula }

    /// <param name="Fault">The kind of bug.</param>
    /// <param name="Table">The rules with the bug.</param>
    /// <param name="Operation">The sampler whose graphs meet it.</param>
    /// <param name="Rule">The rule that is to be named.</param>
    private sealed record Bug(Fault Fault, Pullbacks Table, string Operation, string Rule);

    private static readonly Dictionary<string, Func<Draw, Expr>> Operations = ScalarSamplers.All.Concat(OpSamplers.All)
        .Select(s => KeyValuePair.Create(s.Name, s.Build))
        .Append(new("max of a tie", d => Tied(d).Max([0])))
        .Append(new("maximum of a tie", d => Tied(d) is var x && Tied(d) is var y ? Formulas.Maximum(x, y) : x))
        .ToDictionary();

    /// <summary>Two equal numbers: a difference to both sides is the mean of the two slopes, as the rule is by which ties share.</summary>
    private static Expr Tied(Draw d) => d.Input([2], Tensor<double>.Full(0.5, 2));

    private static readonly Dictionary<string, Bug> Special = new()
    {
        ["a sum gives its cotangent the wrong sign"] = new(Fault.Sign, new WrongSum((_, dx) => -dx), "sum", "sum"),
        ["a sum forgets that every element has the whole cotangent"] = new(Fault.Factor, new WrongSum((y, dx) => dx * 0.5), "sum", "sum"),
        ["a mean is not divided"] = new(Fault.Factor, new WrongSum((y, dx) => dx * Formulas.SizeOf(y.Args[0].Shape.Size)), "mean", "sum"),
        ["a product forgets to transpose the right operand"] = new(Fault.Transpose, new WrongMatMul((y, dy) => Square(y) ? dy.MatMul(y.Args[1]) : dy.MatMul(y.Args[1].Transpose()), null), "matmul", "matmul"),
        ["a product takes the right cotangent's rows reversed"] = new(Fault.Order, new WrongMatMul(null, (y, dy) => y.Args[0].Transpose().MatMul(dy).Flip(-2)), "matmul", "matmul"),
        ["a broadcast sums too few axes"] = new(Fault.MissingSum, new WrongBroadcast(), "broadcast_to", "broadcast"),
        ["a permutation is undone by itself"] = new(Fault.Transpose, new WrongPermute(), "permute", "permute"),
        ["a slice pads from the front"] = new(Fault.Order, new WrongSlice(), "slice", "slice"),
        ["a concatenation gives every part the first stretch"] = new(Fault.Order, new WrongConcatenate(), "concat", "concat"),
        ["a maximum gives to all elements"] = new(Fault.Formula, new WrongMaximum(), "max", "max"),
        ["a convolution's gradient is not flipped back"] = new(Fault.Transpose, new WrongConvolution(f => f with { Flip = !f.Flip }), "convolution, Output open", "conv"),
        ["a convolution's gradient swaps its padding"] = new(Fault.Order, new WrongConvolution(f => f with { Windows = f.Windows.Select(w => w with { Low = w.High, High = w.Low }).ToSequence() }), "convolution, Output open", "conv"),
        ["a derivative lacks a factor"] = new(Fault.Factor, new WrongMap(typeof(Scalars.Square), 0.5), "square", "square"),
        ["a derivative has the wrong sign"] = new(Fault.Sign, new WrongMap(typeof(Cos), -1), "cos", "cos"),
        ["a derivative is off by a thousandth"] = new(Fault.Factor, new WrongMap(typeof(Tanh), 1.001), "tanh", "tanh"),
        ["a broadcast's last axis is not summed"] = new(Fault.MissingSum, new WrongBroadcast(first: false), "broadcast_to", "broadcast"),
        ["a tie over an axis gives all to each"] = new(Fault.Tie, new WrongTies(TieRule.Each), "max of a tie", "max"),
        ["a tie over an axis gives all to the first"] = new(Fault.Tie, new WrongTies(TieRule.First), "max of a tie", "max"),
        ["a tie of two gives all to each"] = new(Fault.Tie, new Planted("maximum", 0, (y, dx) => dx * (1 + Expr.Equal(y.Args[0], y.Args[1]))), "maximum of a tie", "maximum"),
        ["a tie of two gives nothing to the second"] = new(Fault.Tie, new Planted("maximum", 1, (y, dx) => dx * (1 - Expr.Equal(y.Args[0], y.Args[1]))), "maximum of a tie", "maximum"),
        ["a reshape loses its order"] = new(Fault.Order, new WrongReshape(), "reshape", "reshape"),
        ["reading at indices gives each copy's cotangent to the element behind"] = new(Fault.Order, new WrongGather(), "take", "take"),
        ["a recurrence's factors are not shifted"] = new(Fault.Order, new WrongCumulate(shifted: false), "cumulate", "cumulate"),
        ["a recurrence's cotangents run the same way"] = new(Fault.Order, new WrongCumulate(shifted: true), "cumulate", "cumulate"),
        ["a product divides by its elements"] = new(Fault.Formula, new WrongProduct(), "prod", "prod"),
    };

    /// <summary>Each argument of each structural rule once with the wrong sign and once off by a thousandth.</summary>
    private static readonly (string Rule, string Operation, int Argument)[] Structural =
    [
        ("sum", "sum", 0), ("max", "max", 0), ("matmul", "matmul", 0), ("matmul", "matmul", 1),
        ("conv", "convolution, Output open", 0), ("conv", "convolution, Output open", 1),
        ("conv_input", "convolution, Input open", 0), ("conv_input", "convolution, Input open", 1),
        ("conv_kernel", "convolution, Kernel open", 0), ("conv_kernel", "convolution, Kernel open", 1),
        ("reshape", "reshape", 0), ("permute", "permute", 0), ("broadcast", "broadcast_to", 0), ("slice", "slice", 0),
        ("take", "take", 0), ("add_at", "add_at", 1), ("cumulate", "cumulate", 0), ("cumulate", "cumulate", 1), ("cummax", "cummax", 0), ("prod", "prod", 0),
        ("cholesky_lower", "cholesky_lower", 0), ("triangular_solve", "triangular_solve", 0), ("triangular_solve", "triangular_solve", 1), ("lu", "lu", 0),
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

    private static readonly Dictionary<string, Bug> Bugs = Special
        .Concat(Structural.SelectMany(s => new[]
        {
            KeyValuePair.Create($"{s.Rule} gives argument {s.Argument} of {s.Operation} the wrong sign", new Bug(Fault.Sign, new Planted(s.Rule, s.Argument, (_, dx) => -dx), s.Operation, s.Rule)),
            KeyValuePair.Create($"{s.Rule} gives argument {s.Argument} of {s.Operation} a thousandth too much", new Bug(Fault.Factor, new Planted(s.Rule, s.Argument, (_, dx) => dx * 1.001), s.Operation, s.Rule)),
        }))
        .Concat(Scalar.Select(s => KeyValuePair.Create($"the derivative of {s.Rule} {s.What}", new Bug(Fault.Formula, new Planted(s.Rule, s.Argument, s.Wrong), s.Rule, s.Rule))))
        .ToDictionary();

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_caught_by_the_law(string bug)
    {
        var build = Operations[Bugs[bug].Operation];
        Assert.Throws<LawException>(() => Case.ForAll(d => GradientLaw.First(build(d), d, Oracle.Options with { Pullbacks = Bugs[bug].Table })));
        Case.ForAll(d => GradientLaw.First(build(d), d, Oracle.Options), 20);
    }

    [Fact]
    public void The_checker_catches_each_and_names_its_rule()
    {
        var blamed = Bugs.ToDictionary(b => b.Key, b => Blamed(b.Value));
        var right = Bugs.Where(b => blamed[b.Key] == b.Value.Rule).Select(b => b.Value).ToList();
        output.WriteLine($"{right.Count} of {Bugs.Count} caught, each with the right rule named");
        foreach (var kind in Bugs.Values.GroupBy(b => b.Fault)) output.WriteLine($"{right.Count(b => b.Fault == kind.Key)} of {kind.Count()} of the kind {kind.Key}");
        Assert.Empty(Bugs.Keys.Where(b => blamed[b] != Bugs[b].Rule).Select(b => $"{b}: {blamed[b] ?? "not caught"}"));
        Assert.InRange(Bugs.Count, 40, int.MaxValue);
        Assert.Empty(Enum.GetValues<Fault>().Except(Bugs.Values.Select(b => b.Fault)));
    }

    /// <summary>The rule that is blamed in the first case, of at most 100, that the checker does not pass.</summary>
    private static string? Blamed(Bug bug) => Enumerable.Range(0, 100).Select(seed => new Draw(new Case(seed, 3)))
        .Select(d => GradientCheckTest.Check(Operations[bug.Operation](d), d, bug.Table)).FirstOrDefault(r => !r.Passed)?.Faults[0].Rule;

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

    private sealed class WrongBroadcast(bool first = true) : Pullbacks
    {
        // The last copy stands for all of them; along all axes, or along the last of them only.
        public override Pullback BroadcastTo(Op.BroadcastTo op) => new("broadcast", (y, dy) => Broadcast.Repeated(y.Args[0].Shape, op.Target).ToList() is var axes
            ? [Enumerable.Reverse(axes).Aggregate(dy, (part, axis) => first || axis == axes[^1]
                ? part.Slice(axis, new StridedRange(part.Shape[axis] - 1, 1)).Sum([axis])
                : part.Sum([axis])).Reshape(y.Args[0].Shape)]
            : []);
    }

    private sealed class WrongTies(TieRule wrong) : Pullbacks
    {
        public override Pullback Maximum(Op.Maximum op) => base.Maximum(op with { Ties = wrong });
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

    private sealed class WrongGather : Pullbacks
    {
        public override Pullback Gather(Op.Gather op) => Changed(base.Gather(op), (_, dx) => dx.Shifted(op.Axis));
    }

    private sealed class WrongCumulate(bool shifted) : Pullbacks
    {
        public override Pullback Cumulate(Op.Cumulate op) => new("cumulate", (y, dy) => shifted
            ? base.Cumulate(op with { Reverse = !op.Reverse }).Contributions(y, dy)
            : base.Cumulate(op).Contributions(Expr.Of(op, y.Args[0].Shifted(op.Axis, op.Reverse), y.Args[1]), dy));
    }

    private sealed class WrongProduct : Pullbacks
    {
        public override Pullback Product(Op.Product op) => new("prod", (y, dy) =>
            [(dy * y).Reshape(new Shape([.. y.Args[0].Shape.Select((d, i) => op.Axes.Contains(i) ? 1 : d)])) / y.Args[0]]);
    }

    private sealed class WrongReshape : Pullbacks
    {
        public override Pullback Reshape(Op.Reshape op) => Changed(base.Reshape(op), (_, dx) => dx.Rank == 0 ? dx : dx.Flip(0));
    }
}
