using System.Runtime.CompilerServices;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;
using Xunit;

namespace AutoDiffAE.Tests.Core.Tracing;

/// <summary>The first node that makes a NaN or an infinity is named, with its line, its numbers and its step of the derivation.</summary>
public sealed class TraceNonFiniteTest
{
    private static readonly Expr X = Expr.Variable("x", "n");

    private static Tensor<double> Of(params double[] values) => Tensor<double>.Of(values, values.Length);

    private static (Expr Node, int Line) Here(Expr node, [CallerLineNumber] int line = 0) => (node, line);

    private static NonFiniteTrace? Trace(Expr[] outputs, params double[] x) =>
        Compiler.Compile<double>(new Computation([X], [.. outputs])).TraceNonFinite(Of(x));

    private static NonFinite Names((Expr Node, int Line) planted, NonFiniteTrace? trace, NonFiniteKind kind, long count, params int[] first)
    {
        Assert.NotNull(trace?.First);
        Assert.Same(planted.Node, trace.First.Node);
        Assert.Equal(("TraceNonFiniteTest.cs", planted.Line), trace.First.Source!.Resolve()!.Value);
        Assert.Equal((kind, count), (trace.First.Kind, trace.First.Count));
        Assert.Equal(first, trace.First.First.ToArray());
        Assert.Equal(TracedGraph.AsWritten, trace.Graph);
        return trace.First;
    }

    [Fact]
    public void The_logarithm_of_zero()
    {
        var log = Here(X.Log());
        var trace = Trace([(log.Node * X).Sum()], 0.5, 0, 2.5);
        var made = Names(log, trace, NonFiniteKind.NegativeInfinity, 1, 1);
        var input = Assert.Single(made.Inputs);
        Assert.Equal((X, 0, 2.5, true, 0), (input.Node, input.Range.Least, input.Range.Greatest, input.Range.IsFinite, input.At));
        Assert.Equal("(3)", $"{input.Range.Shape}");
        Assert.Null(made.Derived);
        Assert.True(trace!.Reaches);
        Assert.Equal((false, false), (trace.IsFiniteAsWritten, trace.IsFiniteCompiled));
    }

    [Fact]
    public void Zero_over_zero()
    {
        var ratio = Here((X - 1) / X);
        Names(ratio, Trace([ratio.Node + 1], 1, 0, 0), NonFiniteKind.NegativeInfinity, 2, 1);
        var none = Here((X * 0) / (X - X));
        Names(none, Trace([none.Node.Sum()], 1, 2), NonFiniteKind.NaN, 2, 0);
    }

    [Fact]
    public void An_infinity_less_an_infinity_is_the_exponentials_that_overflowed()
    {
        var (first, second) = (Here((X * 2).Exp()), X.Exp());
        var made = Names(first, Trace([first.Node - second, second], 1, 800), NonFiniteKind.PositiveInfinity, 1, 1);
        Assert.Equal(1600, made.Inputs[0].At);
    }

    [Fact]
    public void Infinities_that_came_in_are_the_variables_and_what_is_made_beside_them_is_not()
    {
        var trace = Trace([X - X * 2], 1, double.PositiveInfinity);
        Assert.Same(X, trace!.First!.Node);
        Assert.True(trace.First.IsGiven);
        Assert.Equal(1, Assert.Single(trace.First.First));
        Assert.Same(X, Assert.Single(trace.Given).Node);
        // Element by element: the first place is the logarithm's own.
        var log = Here(X.Log());
        Names(log, Trace([Formulas.Where(Expr.Greater(X, 5), 1, log.Node)], 0, double.PositiveInfinity), NonFiniteKind.NegativeInfinity, 1, 0);
    }

    [Fact]
    public void The_root_of_a_negative_number()
    {
        var root = Here(X.Sqrt());
        Names(root, Trace([root.Node.Sum(), Gradient.Of(root.Node.Sum(), X)], 4, -1), NonFiniteKind.NaN, 1, 1);
    }

    [Fact]
    public void An_exponential_that_overflows_in_single_precision_only()
    {
        var exp = Here(X.Exp());
        Assert.Null(Trace([exp.Node], 100));
        var single = Compiler.Compile<float>(new Computation([X], [exp.Node])).TraceNonFinite(Tensor<float>.Of([1, 100f], 2));
        Names(exp, single, NonFiniteKind.PositiveInfinity, 1, 1);
    }

    [Fact]
    public void The_derivative_of_a_root_at_zero_with_its_step_and_rule()
    {
        var cost = (X.Sqrt() * 3).Sum();
        var gradient = Gradient.Of(cost, X);
        var trace = Trace([cost, gradient], 4, 0);
        var made = trace!.First!;
        var tape = Tape.Of(cost, [X]);
        Assert.Equal("div", made.Node.Op.Name);
        Assert.Equal("sqrt", made.Derived!.Rule);
        Assert.Equal("sqrt", made.Derived.Node.Op.Name);
        Assert.Equal(tape.Steps[made.Derived.Step - 1].Node, made.Derived.Node);
        Assert.False(made.Derived.Forwards);
        Assert.True(trace.Results[0].AsWritten.IsFinite);
        Assert.False(trace.Results[1].AsWritten.IsFinite);
    }

    [Fact]
    public void Zero_times_infinity_on_the_way_back_does_no_harm_and_that_is_said()
    {
        // 0 · (0.5 / √0): the chain rule's product is 0 where a factor is.
        var cost = (X.Sqrt() * 0).Sum();
        var trace = Trace([Gradient.Of(cost, X)], 4, 0);
        Assert.Equal("sqrt", trace!.First!.Derived!.Rule);
        Assert.Equal((false, true, true), (trace.Reaches, trace.IsFiniteAsWritten, trace.IsFiniteCompiled));
    }

    [Fact]
    public void A_tangent_says_that_it_went_forwards()
    {
        var trace = Trace([Jvp.Of(X.Sqrt().Sum(), X, X + 1)], 4, 0);
        Assert.True(trace!.First!.Derived is { Forwards: true, Rule: "sqrt", Step: 1 });
    }

    [Fact]
    public void The_gradient_of_a_singular_matrixs_determinant()
    {
        var a = Expr.Variable("a", 2, 2);
        var det = Formulas.Det(a);
        var function = Compiler.Compile<double>(new Computation([a], [det, Gradient.Of(det, a)]));
        var trace = function.TraceNonFinite(Tensor<double>.Of([1, 2, 2, 4], 2, 2));
        Assert.Equal("triangular_solve", trace!.First!.Node.Op.Name);
        Assert.Same(det, trace.First.Derived!.Node);
        Assert.StartsWith("det", trace.First.Outermost.Op.Name, StringComparison.Ordinal);
        Assert.Null(function.TraceNonFinite(Tensor<double>.Of([1, 2, 3, 4], 2, 2)));
    }

    [Fact]
    public void Inside_a_definition_the_operation_and_the_call()
    {
        var loss = Here(Formulas.BinaryCrossEntropy(X, X * 0.5));
        var trace = Trace([loss.Node], 0.5, 2.5);
        Assert.Equal("log1p", trace!.First!.Node.Op.Name);
        Assert.Same(loss.Node, trace.First.Outermost);
        Assert.Equal(loss.Line, trace.First.Source!.Resolve()!.Value.Line);
        Assert.Equal(NonFiniteKind.NaN, trace.First.Kind);
    }

    [Fact]
    public void A_layers_name_is_known()
    {
        var y = Origin.Within("code", () => X.Log());
        Assert.Equal("code", Trace([y], 0)!.First!.Scope);
    }

    [Fact]
    public void What_the_compiler_made_stable_is_told_apart()
    {
        var exp = Here(X.Exp());
        var trace = Trace([(exp.Node + 1).Log()], 800);
        Names(exp, trace, NonFiniteKind.PositiveInfinity, 1, 0);
        Assert.Equal((false, true), (trace!.IsFiniteAsWritten, trace.IsFiniteCompiled));
        Assert.NotEmpty(trace.Laws);
        Assert.Equal((double.NaN, 800), (trace.Results[0].AsWritten.Least, trace.Results[0].Compiled.Least));
    }

    [Fact]
    public void What_only_the_compiled_form_makes_is_found_there()
    {
        var y = (X * 0.01).Sum();
        var trace = Trace([y], 1.5e308, 1.5e308);
        Assert.Equal((true, false), (trace!.IsFiniteAsWritten, trace.IsFiniteCompiled));
        Assert.Equal(TracedGraph.Rewritten, trace.Graph);
        Assert.Equal("sum", trace.First!.Node.Op.Name);
    }

    [Fact]
    public void An_infinite_constant_is_no_trouble_until_it_comes_to_a_result()
    {
        var masked = Formulas.Where(Expr.Greater(X, 0), X, double.NegativeInfinity).Max();
        Assert.Null(Trace([masked], -1, 2));
        var trace = Trace([masked], -1, -2);
        Assert.True(trace!.First!.Node.Op is Op.Literal);
        var border = Trace([masked + X.Log().Sum()], -1, 2);
        Assert.Equal("log", border!.First!.Node.Op.Name);
    }

    [Fact]
    public void Updates_are_traced_and_not_committed()
    {
        var w = Expr.Variable("w", 2);
        var store = new Store<double> { [w] = Of(1, 0) };
        var function = Compiler.Compile(new Computation([], [w.Sum()], [new Update(w, w - w.Log())]), store);
        var trace = function.TraceNonFinite(Array.Empty<Tensor<double>>());
        Assert.Equal("log", trace!.First!.Node.Op.Name);
        Assert.Same(w, trace.Results[1].Updated);
        Assert.Equal([1, 0], store[w].Span);
    }

    [Fact]
    public void All_that_is_finite_gives_none_whatever_the_size_and_inputs_are_counted()
    {
        var function = Compiler.Compile<double>(new Computation([X], [X.Tanh().Sum(), Formulas.Softmax(X, 0)]));
        Assert.Null(function.TraceNonFinite(Of(1, 2)));
        Assert.Null(function.TraceNonFinite(Of(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => function.TraceNonFinite(Of(1), Of(2)));
    }

    [Fact]
    public void What_only_moves_numbers_is_never_blamed()
    {
        var log = Here(X.Log());
        var y = log.Node.Reshape(1, "n").BroadcastTo(Shape.Of(2, "n")).Permute(1, 0).Slice(0, new StridedRange(0, 1));
        Names(log, Trace([y, y.Sum()], 0, 1), NonFiniteKind.NegativeInfinity, 1, 0);
        // The part that was cut out is finite, so the sum of it is the sum's own affair.
        var pair = Expr.Variable("pair", 2);
        var overflow = Here((pair.Log().Slice(0, new StridedRange(1, 1)) * 1e308).Sum() * 10);
        Names(overflow, Compiler.Compile<double>(new Computation([pair], [overflow.Node])).TraceNonFinite(Of(0, 5)), NonFiniteKind.PositiveInfinity, 1);
    }
}
