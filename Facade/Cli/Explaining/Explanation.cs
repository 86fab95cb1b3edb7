using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Reading;

namespace AutoDiffAE.Cli;

/// <summary>What is told: a number, with respect to what, and what is to be said of it first.</summary>
internal sealed record Explanation(Expr Cost, ImmutableArray<Expr> Wrt, ImmutableArray<string> Remarks)
{
    /// <summary>Names of square variables that matrix forms take to equal their transposes.</summary>
    public ImmutableArray<string> Symmetric { get; init; } = [];

    /// <param name="explained">What was asked for.</param>
    /// <param name="stops">Names of values that are taken as variables.</param>
    /// <param name="named">Whether variables were named: else the stops are variables too.</param>
    /// <param name="order">1 or 2.</param>
    public static Explanation Of(Explained explained, ImmutableArray<string> stops, bool named, int order)
    {
        var (cost, wrt) = explained;
        var remarks = ImmutableArray<string>.Empty;
        if (stops.Length > 0)
        {
            var stopped = Stopped(cost, stops);
            (cost, remarks) = (stopped.Cost, [stopped.Remark]);
            if (!named) wrt = [.. Traversal.Variables([cost]).Where(v => wrt.Contains(v) || stopped.Stops.Contains(v))];
        }
        if (order == 1) return new(cost, wrt, remarks);
        try
        {
            var second = SecondDerivation.Of(cost, wrt);
            return new(second.Cost, second.Wrt, [.. remarks, second.Title]);
        }
        catch (DisconnectedException e) { throw new UsageException($"--order 2: {e.Message}"); }
    }

    public Derivation BySteps()
    {
        var derivation = Derivation.Of(Cost, Wrt).Assuming([.. Symmetric.Select(Square)]);
        return derivation with { Remarks = [.. Remarks, .. derivation.Remarks] };
    }

    public LayerDerivation ByLayer()
    {
        var derivation = LayerDerivation.Of(Cost, Wrt);
        return derivation with { Remarks = [.. Remarks, .. derivation.Remarks] };
    }

    private Expr Square(string name) => Traversal.Variables([Cost]).FirstOrDefault(v => Printer.Short(v) == name) switch
    {
        null => throw new UsageException($"--symmetric {name}: the expression has no variable of this name"),
        { Shape.Dims: [var n, var m] } v when n == m => v,
        var v => throw new UsageException($"--symmetric {name}: a variable of the shape {v.Shape} is no square matrix"),
    };

    private static StoppedAt Stopped(Expr cost, ImmutableArray<string> stops)
    {
        try { return StoppedAt.Of(cost, stops); }
        catch (ArgumentException e) { throw new UsageException($"--stop {string.Join(",", stops)}: {e.Message}"); }
    }
}
