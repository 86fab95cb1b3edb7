using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Cli;

/// <summary>The variables of a derivation, and the values at which it is shown: a file's, or random ones of a seed.</summary>
internal sealed record ExplainPoint(IReadOnlyDictionary<string, Expr> Variables, Arrays? Given, int Seed)
{
    /// <summary>Random values are not drawn for more numbers than this, in all nodes together.</summary>
    private const double MostNumbers = 4e6;

    /// <summary>Derivatives of a graph of more nodes are not looked at before values for it are chosen.</summary>
    private const int MostNodes = 2000;

    /// <exception cref="UsageException">An array has another shape than was declared for it, or is not there.</exception>
    public static ExplainPoint Of(Arrays? given, ImmutableArray<DeclaredShape> shapes, int seed) => Origin.OfText(() => new ExplainPoint(
        given is null ? shapes.ToDictionary(s => s.Variable, s => Expr.Variable(s.Variable, s.Shape), StringComparer.Ordinal) : Cli.Variables.Of(given, shapes).ByName, given, seed));

    /// <summary>The values of a derivation; where random ones do not serve, none and the reason.</summary>
    /// <exception cref="UsageException">The values given do not serve: one is not there, or a size or an index is out of range.</exception>
    public Valuation At(Derivation derivation)
    {
        if (Given is null)
        {
            try
            {
                return Drawn(derivation);
            }
            catch (Exception e) when (e is UsageException or ArgumentException)
            {
                return Valuation.None($"none are shown: {e.Message.TrimEnd('.')}");
            }
        }
        var used = Traversal.Variables([derivation.Cost]).ToHashSet();
        ImmutableArray<(Expr Variable, Tensor<double> Value)> values = [.. Inputs(derivation).Where(v => used.Contains(v) || !v.Shape.IsConcrete).Select(v => (v, Given.Find(Printer.Short(v), "--in").As<double>()))];
        try
        {
            return Valuation.Of(derivation, values, [.. values.Where(v => used.Contains(v.Variable)).Select(v => $"{Printer.Short(v.Variable)} {v.Variable.Shape}{CheckPoint.Bound(v.Variable.Shape, v.Value.Sizes.ToArray())}: given")]);
        }
        catch (ArgumentException e) when (e is not Shapes.ShapeException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Where the first number that is not finite comes from, at the values of the file; null where all are. With it the results' names.</summary>
    /// <exception cref="UsageException">There is no file, or one of the variables is not in it.</exception>
    public (ImmutableArray<string> Names, NonFiniteTrace? Trace) Trace(Expr cost)
    {
        var given = Given ?? throw new UsageException($"{TraceOption.Name}: a file with values for the variables is needed, by --in");
        var used = Traversal.Variables([cost]).ToHashSet();
        ImmutableArray<Expr> inputs = [.. Variables.Values.Where(v => used.Contains(v) || !v.Shape.IsConcrete).Union(used)];
        return new CheckPoint(cost, [.. inputs.Select(v => (v, given.Find(Printer.Short(v), "--in").As<double>()))], []).Trace(Pullbacks.Standard);
    }

    /// <summary>Those declared, which may bind sizes, and those that the derivation has beside them: a direction, or what it stops at.</summary>
    private ImmutableArray<Expr> Inputs(Derivation derivation) => [.. Variables.Values.Union(Traversal.Variables([derivation.Cost]))];

    private Valuation Drawn(Derivation derivation)
    {
        var random = new Random(Seed);
        var inputs = Inputs(derivation);
        var sizes = RandomPoint.Sizes(inputs, random);
        var nodes = Traversal.Topological([derivation.Cost]);
        var numbers = nodes.Sum(n => n.Shape.Aggregate(1.0, (size, d) => size * d.Evaluate(sizes)));
        if (numbers > MostNumbers) throw new UsageException(FormattableString.Invariant($"the graph holds {numbers:0.##e0} numbers, random ones are drawn for {MostNumbers:0.##e0}; give values by --in"));
        var point = RandomPoint.Of(derivation.Cost, inputs, new Smoothness(derivation.Cost, inputs, nodes.Length > MostNodes ? 0 : 2), sizes, random);
        return Valuation.Of(derivation, point.Values, [.. point.From, .. sizes.Select(s => $"{s.Key} = {s.Value}, chosen small"), $"seed {Seed}"]);
    }
}
