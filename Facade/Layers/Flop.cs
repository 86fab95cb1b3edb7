using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Profiling;

namespace AutoDiffAE.Layers;

/// <summary>What a layer computes for one example, after training: the work of its graph as it is written, step by step.</summary>
internal static class Flop
{
    /// <summary>Null where a size is open that is not the number of examples.</summary>
    public static double? Of(BoundLayer layer)
    {
        ImmutableArray<Expr> inputs = [.. layer.Inputs.Select((s, i) => Expr.Variable($"input{i}", s))];
        var sizes = layer.Inputs.Select(s => s.Rank == 0 ? null : s[0].Name).OfType<string>().Distinct().ToDictionary(name => name, _ => 1L);
        var output = layer.Apply(Mode.Evaluation, default, inputs).Value;
        if (inputs.Contains(output)) return 0;
        if (Traversal.Topological([output]).Concat(inputs).SelectMany(e => e.Shape).SelectMany(d => d.Names).Any(name => !sizes.ContainsKey(name))) return null;
        var plan = Compiler.Compile<float>(
            new Computation([.. inputs, .. layer.Parameters.Select(p => p.Variable)], [output]), backend: new PlanAlone(), options: CompileOptions.None).Plan;
        ImmutableArray<ImmutableArray<int>> slots = [.. plan.Slots.Select(s => s.Shape.Evaluate(sizes).ToImmutableArray())];
        return plan.Steps.Sum(step => WorkOf.Step(step, slots, sizeof(float)).Flop);
    }

    /// <summary>A backend for those who want to look at a plan: nothing is made that could run.</summary>
    private sealed class PlanAlone : IBackend
    {
        public string Name => "plan";

        public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>();

        private sealed class Executable<T> : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes) => throw new NotSupportedException("a plan that is only looked at does not run");

            public MachineLimits Limits => throw new NotSupportedException("a plan that is only looked at has no machine");
        }
    }
}
