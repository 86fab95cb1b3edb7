using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Profiling;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Profiling;

public sealed class ProfileTest
{
    private static readonly CpuBackend One = new(1);

    private static Buffer<float>[] Buffers(params Expr[] all) =>
        [.. all.Select(e => new Buffer<float>(e.Shape.Evaluate(new Dictionary<string, long> { ["n"] = 6 })))];

    private static Profile Of(Expr y, params Expr[] inputs) =>
        Compiler.Compile<float>(new Computation([.. inputs], [y]), backend: One).Profile(Buffers(inputs), Buffers(y), 3);

    private static Work Only(Expr y, params Expr[] inputs) => Assert.Single(Of(y, inputs).Rows).Work;

    private static Expr Variable(string name, params Dim[] sizes) => Expr.Variable(name, new Shape([.. sizes]));

    [Fact]
    public void It_has_a_row_for_each_step_and_the_shares_add_up()
    {
        var (x, w) = (Variable("x", "n", 5), Variable("w", 5, 7));
        var y = x.MatMul(w).Tanh().Square().Sum();
        var f = Compiler.Compile<float>(new Computation([x, w], [y, .. Gradient.Of(y, [x, w])]), backend: One);
        var profile = f.Profile(Buffers(x, w), [new Buffer<float>(), new Buffer<float>(6, 5), new Buffer<float>(5, 7)], 5);
        Assert.Equal(f.Plan.Steps.Select(s => s.Provenance), profile.Rows.Select(r => r.Provenance));
        Assert.Equal(Enumerable.Range(0, f.Plan.Steps.Length), profile.Rows.Select(r => r.Step));
        Assert.Equal(1, profile.Rows.Sum(r => r.Share), 1e-9);
        Assert.Equal((5, f.ArenaBytes), (profile.Runs, profile.ArenaBytes));
        Assert.All(profile.Rows, r => Assert.True(r is { Seconds: >= 0, LimitSeconds: > 0, OfLimit: >= 0 }));
        Assert.True(profile.Limits is { Threads: 1, FlopPerSecond: > 1e8, BytesPerSecond: > 1e8 });
        Assert.True(profile.RunSeconds > 0);
    }

    [Fact]
    public void A_row_names_the_line_that_built_its_expression()
    {
        var x = Variable("x", "n", 5);
        var row = Assert.Single(Of(x.Sum([1]), x).Rows);
        Assert.Equal("sum", row.Routine);
        Assert.StartsWith("ProfileTest.cs:", row.Source!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_takes_2mnk()
    {
        var (a, b) = (Variable("a", "n", 5), Variable("b", 5, 7));
        Assert.Equal(new Work(2 * 6 * 5 * 7, 4 * (6 * 5 + 5 * 7), 4 * 6 * 7), Only(a.MatMul(b), a, b));
        Assert.Equal(2 * 6 * 5 * 7, Only(b.Transpose().MatMul(a.Transpose()), a, b).Flop);
        var (s, t) = (Variable("s", 3, "n", 5), Variable("t", 3, 5, 7));
        Assert.Equal(2 * 3 * 6 * 5 * 7, Only(s.MatMul(t), s, t).Flop);
    }

    [Fact]
    public void Each_leg_of_a_convolution_takes_the_same()
    {
        var (x, w) = (Variable("x", "n", 2, 8, 8), Variable("w", 4, 2, 3, 3));
        var y = x.Convolve(w);
        const double Flop = 2.0 * 6 * 4 * 6 * 6 * 2 * 3 * 3;
        Assert.Equal(Flop, Only(y, x, w).Flop);
        var dy = Variable("dy", "n", 4, 6, 6);
        Assert.All(Gradient.Of(y, [x, w], dy), g => Assert.Equal(Flop, Of(g, x, w, dy).Flop));
    }

    [Fact]
    public void Reductions_read_all_and_write_what_is_left()
    {
        var x = Variable("x", "n", 10);
        Assert.Equal(new Work(60, 240, 24), Only(x.Sum([1]), x));
        Assert.Equal(new Work(60, 240, 24), Only(x.Max([1]), x));
    }

    [Fact]
    public void Movements_compute_nothing_and_read_what_they_take()
    {
        var (x, i) = (Variable("x", "n", 10), Variable("i", 2));
        Assert.Equal(new Work(0, 4 * 24, 4 * 24), Only(x.Slice(1, new StridedRange(2, 4)), x));
        Assert.Equal(new Work(0, 240, 240), Only(x.Transpose(), x));
        Assert.Equal(new Work(0, 4 * (2 + 12), 4 * 12), Only(x.Take(i, 1), x, i));
    }

    [Fact]
    public void Pooling_looks_at_each_tap()
    {
        var x = Variable("x", "n", 1, 4, 4);
        Assert.Equal(6 * 3 * 3 * 4, Only(x.MaxPool([new PoolWindow(2, 1), new PoolWindow(2, 1)]), x).Flop);
    }

    [Fact]
    public void A_fused_body_counts_its_formulas()
    {
        var (x, b) = (Variable("x", "n", 10), Variable("b", 10));
        Assert.Equal(new Work(2 * 60, 4 * (60 + 10), 240), Only((x + b) * x, x, b));
    }

    /// <summary>x / (1 + |x|) has three operations, x² one, and what is used twice is computed once.</summary>
    [Fact]
    public void A_formula_is_counted_by_running_it()
    {
        Assert.Equal(1, FormulaCost.Of(ScalarFunction.Unary<Square>()));
        Assert.Equal(1, FormulaCost.Of(ScalarFunction.Binary<Add>()));
        Assert.Equal(1, FormulaCost.Of(ScalarFunction.Unary<Relu>()));
        Assert.InRange(FormulaCost.Of(ScalarFunction.Unary<Tanh>()), 10, 100);
    }

    [Fact]
    public void The_store_is_as_it_was()
    {
        var a = Variable("a", 1);
        var store = new Store<float> { [a] = Tensor<float>.Of([1f], 1) };
        var f = Compiler.Compile(new Computation([], [a * 2], [new Update(a, a + 1)]), store, One);
        var output = new Buffer<float>(1);
        Assert.Equal("2 of mul", Assert.Single(f.Profile([], [output], 4).Rows).Routine);
        Assert.Equal((1, 2), (store[a].Value, output.Span[0]));
        f.Invoke([], [output]);
        Assert.Equal(2, store[a].Value);
    }

    [Fact]
    public void No_runs_are_refused()
    {
        var x = Variable("x", 3);
        var f = Compiler.Compile<float>(new Computation([x], [x + 1]), backend: One);
        Assert.Throws<ArgumentOutOfRangeException>(() => f.Profile(Buffers(x), Buffers(x), 0));
    }

    [Fact]
    public void A_function_of_no_steps_has_an_empty_profile() =>
        Assert.Empty(Compiler.Compile<float>(new Computation([], []), backend: One).Profile([], [], 2).Rows);
}
