using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Cli;

/// <summary>An expression, and a value for each of its variables at which it is to be finite.</summary>
/// <param name="From">Where the values are from, a line for each variable.</param>
internal sealed record CheckPoint(Expr Y, ImmutableArray<(Expr Variable, Tensor<double> Value)> Values, ImmutableArray<string> From)
{
    /// <summary>The variables that the expression has.</summary>
    public ImmutableArray<Expr> Variables => [.. Traversal.Variables([Y])];

    public Tensor<double> this[Expr variable] => Values.First(v => v.Variable == variable).Value;

    /// <summary>The values of arrays, at which nothing need be finite yet.</summary>
    /// <exception cref="SyntaxException">The text is no expression of these arrays.</exception>
    public static CheckPoint Of(string text, Arrays arrays, ImmutableArray<DeclaredShape> shapes)
    {
        var (variables, _) = Cli.Variables.Of(arrays, shapes);
        var y = Parser.Parse(text, variables);
        var used = Traversal.Variables([y]).ToHashSet();
        return new CheckPoint(
            y,
            [.. variables.Where(v => used.Contains(v.Value) || !v.Value.Shape.IsConcrete).Select(v => (v.Value, arrays[v.Key].As<double>()))],
            [.. variables.Where(v => used.Contains(v.Value)).Select(v => $"{v.Key} {v.Value.Shape}{Bound(v.Value.Shape, arrays[v.Key].Sizes)}: given")]);
    }

    /// <summary>The same point.</summary>
    /// <exception cref="UsageException">The expression is not finite there.</exception>
    public CheckPoint Finite() => IsFinite ? this : throw new UsageException(
        $"at the values given the expression, or a derivative of it, is infinite or no number: nothing can be compared there, give other values ({TraceOption.Name} says where it begins)");

    /// <summary>Where the first number comes from that is not finite, of the expression and its gradients; null where all are. With it the results' names.</summary>
    public (ImmutableArray<string> Names, NonFiniteTrace? Trace) Trace(Pullbacks pullbacks)
    {
        var wrt = Variables;
        var gradients = Tape.Of(Y, wrt, pullbacks, ((Expr)1.0).BroadcastTo(Y.Shape)).Results;
        ImmutableArray<(string Name, Expr Value)> results = [("out", Y), .. wrt.Zip(gradients).Where(g => g.Second is not null).Select(g => ($"grad_{Printer.Short(g.First)}", g.Second!))];
        var function = Compiler.Compile<double>(new Computation([.. Values.Select(v => v.Variable)], [.. results.Select(r => r.Value)]));
        return ([.. results.Select(r => r.Name)], function.TraceNonFinite([.. Values.Select(v => v.Value)]));
    }

    /// <summary>What a shape with names comes to.</summary>
    public static string Bound(Shape shape, IEnumerable<int> sizes) => shape.IsConcrete ? "" : $" = {Shape.Of(sizes)}";

    private bool IsFinite => new Smoothness(Y, [.. Values.Select(v => v.Variable)]).IsFinite(Values);
}
