using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

/// <summary>theano.function: from a computation to a function that runs.</summary>
public static class Compiler
{
    private const string WithoutDynamicCode =
        "AutoDiffAE writes code while it runs, and this program is set up for compilation ahead of time: a program of one file needs the line `#:property PublishAot=false`, a project <PublishAot>false</PublishAot>";

    /// <summary>Compiles in the precision <typeparamref name="T"/>. Variables that are no inputs have their values in the store.</summary>
    /// <exception cref="KeyNotFoundException">A variable is neither an input nor in the store.</exception>
    /// <exception cref="ShapeException">An axis that is indexed is longer than the precision can count.</exception>
    /// <exception cref="ArgumentException">An input is no variable, a size is named that no input binds, an update does not fit its variable, or the options name no rewrite.</exception>
    /// <exception cref="NotSupportedException">The program may not write code while it runs.</exception>
    public static Function<T> Compile<T>(
        Computation computation, Store<T>? store = null, IBackend? backend = null, CompileOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!RuntimeFeature.IsDynamicCodeSupported) throw new NotSupportedException(WithoutDynamicCode);
        var values = store ?? new Store<T>();
        ImmutableArray<Expr> roots = [.. computation.Outputs, .. computation.Updates.Select(u => u.Next)];
        var graph = Traversal.Topological(roots);
        Check(computation, graph);
        ImmutableArray<Expr> variables = [.. graph.Where(e => e.Op is Op.Variable && !computation.Inputs.Contains(e))];
        foreach (var variable in variables) values.Find(variable);
        var rewritten = Rewriter.Rewrite(roots, options);
        var plan = Planner.Plan(computation.Inputs, variables, rewritten.Roots, options);
        IndexLimit.Check<T>(plan, ImmutableDictionary<string, long>.Empty);
        return new Function<T>(computation, variables, values, rewritten, plan, backend ?? CpuBackend.Shared);
    }

    private static void Check(Computation computation, ImmutableArray<Expr> graph)
    {
        if (computation.Inputs.FirstOrDefault(i => i.Op is not Op.Variable) is { } input)
            throw new ArgumentException($"the input {Printer.Short(input)} is not a variable");
        foreach (var (variable, next) in computation.Updates)
            if (variable.Op is not Op.Variable || variable.Shape != next.Shape)
                throw new ArgumentException($"the update of {Printer.Short(variable)} {variable.Shape} has the shape {next.Shape}");
        if (computation.Updates.GroupBy(u => u.Variable).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{Printer.Short(twice.Key)} has two updates");
        var bound = computation.Inputs.SelectMany(i => i.Shape).Select(d => d.Name).Where(n => n is not null).ToHashSet();
        var shapes = graph.Concat(computation.Inputs).Select(e => e.Shape).Distinct((IEqualityComparer<Shape>)ReferenceEqualityComparer.Instance);
        var free = shapes.SelectMany(s => s).SelectMany(d => d.Names).FirstOrDefault(n => !bound.Contains(n));
        if (free is not null) throw new ArgumentException($"no input has an axis of the size {free}, so it cannot be bound");
    }
}
