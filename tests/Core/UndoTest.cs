using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core;

public sealed class UndoTest
{
    private static readonly Expr A = Expr.Variable("a", 1), B = Expr.Variable("b", 1);

    private static Tensor<double> Of(double value) => Tensor<double>.Of([value], 1);

    private static (Function<double> Step, Store<double> Store) Fibonacci()
    {
        var store = new Store<double> { [A] = Of(1), [B] = Of(2) };
        return (Compiler.Compile(new Computation([], [A + B], [new Update(A, B), new Update(B, A + B)]), store), store);
    }

    [Fact]
    public void The_updates_of_the_last_call_are_taken_back_once()
    {
        var (step, store) = Fibonacci();
        Assert.False(step.Undo());
        step.Invoke();
        step.Invoke();
        Assert.True(step.Undo());
        Assert.Equal((2, 3), (store[A].Value, store[B].Value));
        Assert.False(step.Undo());
        Assert.Equal(5, step.Invoke()[0].Value);
        Assert.Equal((3, 5), (store[A].Value, store[B].Value));
    }

    [Fact]
    public void Nothing_is_taken_back_where_a_variable_was_given_another_value_since()
    {
        var (step, store) = Fibonacci();
        step.Invoke();
        store[A] = Of(7);
        Assert.False(step.Undo());
        Assert.Equal((7, 3), (store[A].Value, store[B].Value));
    }

    [Fact]
    public void Nor_where_the_memory_of_old_values_has_been_written_over()
    {
        var (step, store) = Fibonacci();
        step.Invoke();
        step.TraceNonFinite(Array.Empty<Tensor<double>>());
        Assert.False(step.Undo());
        step.Invoke();
        step.Profile([], [new Buffer<double>(1)], runs: 1);
        Assert.False(step.Undo());
        Assert.Equal((3, 5), (store[A].Value, store[B].Value));
    }
}
