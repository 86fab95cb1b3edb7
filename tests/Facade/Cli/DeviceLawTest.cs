using System.Numerics;
using AutoDiffAE.Cli;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Planning;
using AutoDiffAE.Profiling;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Gpu;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

/// <summary>What <c>devices --verify</c> holds a device to.</summary>
public sealed class DeviceLawTest
{
    [Fact]
    public void Every_operation_is_among_the_expressions_and_their_gradients()
    {
        var used = DeviceOperations.All.SelectMany(o =>
        {
            var variables = DeclaredShape.Parse("--shape", [.. o.Shapes]).ToDictionary(s => s.Variable, s => Expr.Variable(s.Variable, s.Shape));
            var y = Parser.Parse(o.Text, variables);
            var tape = Tape.Of(y, variables.Values, seed: Expr.Variable("u", y.Shape));
            return AutoDiffAE.Rewriting.Rewriter.Rewrite([y, .. tape.Results.OfType<Expr>()], null).Roots;
        }).SelectMany(root => Traversal.Topological([root])).Select(n => n.Op.GetType()).ToHashSet();
        // What the compiler resolves before a device sees it.
        Type[] none = [typeof(Op.Call), typeof(Op.StopGradient), typeof(Op.After), typeof(Op.Constant), typeof(Op.SizeOf)];
        var ops = typeof(Op).GetNestedTypes().Where(t => t.IsAssignableTo(typeof(Op))).Except(none);
        Assert.Empty(ops.Except(used).Select(t => t.Name));
    }

    [IlgpuFact]
    public void A_device_that_is_right_holds() =>
        Assert.All(DeviceOperations.All.Take(2), o => Assert.True(DeviceLaw.Of(o.Text, o.Shapes, Accelerators.All["CPU"]).Holds));

    [Fact]
    public void A_device_that_is_wrong_does_not()
    {
        var found = DeviceLaw.Of("tanh(x) * y", ["x=(5)", "y=(5)"], new Wrong());
        Assert.False(found.Holds);
        Assert.True(found.Single > 0.1);
        Assert.NotNull(found.Fault);
        Assert.True(DeviceLaw.Of("tanh(x) * y", ["x=(5)", "y=(5)"], new CpuBackend(1)).Holds);
    }

    /// <summary>Adds 1 to the first element of what is asked for last.</summary>
    private sealed class Wrong : IBackend
    {
        public string Name => "wrong";

        public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>(CpuBackend.Shared.Lower<T>(plan));

        private sealed record Executable<T>(IExecutable<T> Right) : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes) => new Binding<T>(Right.Bind(sizes));

            public MachineLimits Limits => Right.Limits;
        }

        private sealed record Binding<T>(IBinding<T> Right) : IBinding<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public long ArenaBytes => Right.ArenaBytes;

            public void Run(ReadOnlySpan<Buffer<T>> external) => Run(external, []);

            public void Run(ReadOnlySpan<Buffer<T>> external, Span<long> ticks)
            {
                if (ticks.IsEmpty) Right.Run(external);
                else Right.Run(external, ticks);
                external[^1].Span[0] += T.One;
            }
        }
    }
}
