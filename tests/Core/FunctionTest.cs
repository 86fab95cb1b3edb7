using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core;

public class FunctionTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 3);

    private static Tensor<double> Of(params double[] values) => Tensor<double>.Of(values, values.Length);

    [Fact]
    public void Updates_read_the_old_values_and_commit_together()
    {
        var (a, b) = (Expr.Variable("a", 1), Expr.Variable("b", 1));
        var store = new Store<double> { [a] = Of(1), [b] = Of(2) };
        var swap = Compiler.Compile(new Computation([], [a + b], [new Update(a, b), new Update(b, a)]), store);
        Assert.Equal(3, swap.Invoke()[0].Value);
        Assert.Equal((2, 1), (store[a].Value, store[b].Value));
        swap.Invoke();
        Assert.Equal((1, 2), (store[a].Value, store[b].Value));
    }

    [Fact]
    public void A_tensor_read_out_is_a_snapshot_and_functions_share_a_store()
    {
        var a = Expr.Variable("a", 1);
        var store = new Store<double> { [a] = Of(1) };
        var before = store[a];
        var count = Compiler.Compile(new Computation([], [], [new Update(a, a + 1)]), store);
        var read = Compiler.Compile(new Computation([], [a * 10]), store);
        count.Invoke();
        count.Invoke();
        Assert.Equal((1, 3, 30), (before.Value, store[a].Value, read.Invoke()[0].Value));
    }

    [Fact]
    public void A_call_that_is_refused_changes_nothing()
    {
        var a = Expr.Variable("a", 3);
        var store = new Store<double> { [a] = Of(1, 2, 3) };
        var add = Compiler.Compile(new Computation([X], [X + a], [new Update(a, a + 1)]), store);
        var message = Assert.Throws<ShapeException>(() => add.Invoke(Tensor<double>.Full(0, 2, 4))).Message;
        Assert.Contains("x has the shape (n, 3), the value given (2, 4)", message);
        Assert.Equal([1, 2, 3], store[a].Span);
    }

    [Fact]
    public void An_outputs_buffer_serves_once()
    {
        var twice = Compiler.Compile<double>(new Computation([X], [X + 1, X + 2]));
        var (x, y) = (new Buffer<double>(2, 3), new Buffer<double>(2, 3));
        Assert.Throws<ArgumentException>(() => twice.Invoke([x], [x, y]));
        Assert.Throws<ArgumentException>(() => twice.Invoke([x], [y, y]));
    }

    [Fact]
    public void Inputs_constants_and_repeated_outputs_can_be_outputs()
    {
        var two = Expr.Constant(Of(1, 2));
        var same = Compiler.Compile<double>(new Computation([X], [X, two, X, X.Reshape(-1), 5, X.Permute(), X.Permute()]));
        var values = Tensor<double>.Of([1, 2, 3, 4, 5, 6], 2, 3);
        var outputs = same.Invoke(values);
        Assert.Equal(values.Span, outputs[0].Span);
        Assert.Equal([1, 2], outputs[1].Span);
        Assert.Equal(values.Span, outputs[2].Span);
        Assert.Equal([6], outputs[3].Sizes);
        Assert.Equal(5, outputs[4].Value);
        Assert.Equal([1, 4, 2, 5, 3, 6], outputs[5].Span);
        Assert.Equal(outputs[5].Span, outputs[6].Span);
    }

    [Fact]
    public void One_function_serves_any_size_though_it_remembers_only_some()
    {
        var sum = Compiler.Compile<double>(new Computation([X], [X.Sum([1]).Tanh()]));
        foreach (var n in Enumerable.Range(1, 20).Concat([1, 20, 0, 7]))
            Assert.Equal(Enumerable.Repeat(Math.Tanh(1.5), n), sum.Invoke(Tensor<double>.Full(0.5, n, 3))[0].Span.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_size_that_no_input_binds_is_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => Compiler.Compile<double>(new Computation([X], [((Expr)1).BroadcastTo(["m"]).Sum()]))).Message;
        Assert.Contains("size m", message);
    }

    [Fact]
    public void A_group_of_hundreds_of_operands_is_run()
    {
        var variables = Enumerable.Range(0, 400).Select(i => Expr.Variable($"v{i}", 5)).ToArray();
        var sum = Compiler.Compile<double>(new Computation([.. variables], [variables.Aggregate((a, b) => a + b)]));
        var inputs = variables.Select((_, i) => Tensor<double>.Full(i, 5)).ToArray();
        Assert.Equal(Enumerable.Repeat(399.0 * 400 / 2, 5), sum.Invoke(inputs)[0].Span.ToArray());
    }

    [Fact]
    public async Task Memory_that_only_a_running_call_uses_is_not_collected()
    {
        var w = Expr.Variable("w", 3, 200);
        var function = Compiler.Compile<double>(new Computation([X, w], [X.MatMul(w).Sum([1])]));
        using var done = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        try
        {
            var result = new Buffer<double>(400);
            for (var i = 0; i < 100; i++)
            {
                function.Invoke([new(Tensor<double>.Full(i, 400, 3)), new(Tensor<double>.Full(2, 3, 200))], [result]);
                Assert.All(result.Span.ToArray(), v => Assert.Equal(i * 1200.0, v));
            }
        }
        finally
        {
            done.Cancel();
            await collecting;
        }
    }

    [Fact]
    public void A_steady_call_allocates_nothing_and_any_number_of_threads_gives_the_same_bits()
    {
        var (x, w) = (Expr.Variable("x", "n", 300), Expr.Variable("w", 300, 70));
        var (store, values) = (new Store<float>(), new float[300 * 70]);
        Philox.Normal(new Key(1), values);
        store[w] = Tensor<float>.Of(values, 300, 70);
        var computation = new Computation([x], [x.MatMul(w).Tanh().Square().Mean(), x.Sum(), x.Permute().MatMul(x.MatMul(w)).Sum([1])]);
        var input = new Buffer<float>(500, 300);
        Philox.Normal(new Key(2), input.Span);

        float[][] Run(int threads)
        {
            var function = Compiler.Compile(computation, store, new CpuBackend(threads));
            Buffer<float>[] outputs = [new(), new(), new(300)];
            function.Invoke([input], outputs);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 3; i++) function.Invoke([input], outputs);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            return [.. outputs.Select(o => o.Span.ToArray())];
        }

        var one = Run(1);
        Assert.Equal(one, Run(2));
        Assert.Equal(one, Run(3));
    }
}
