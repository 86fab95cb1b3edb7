using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Rewriting;

/// <summary>What is known before the run is computed before the run, in double precision.</summary>
internal static class FoldConstants
{
    /// <summary>An array of more elements is not computed here: the run is the faster one.</summary>
    private const int MostElements = 4096;

    public static readonly ImmutableArray<Rewrite> Rules =
    [
        Rule("fold-size", ["size"], "the size of an axis whose length is a number is that number", Assume.Nothing,
            e => e.Op is Op.SizeOf { Length.Value: { } length } ? e.Filled(length) : null),

        Rule("fold-where", ["where"], "where(c, a, b) = a or b for a known c", Assume.Nothing,
            e => e.Args[0].Number is { } c && !double.IsNaN(c) ? e.Args[c != 0 ? 1 : 2] : null),

        Rule("fold-numbers", [Rewrite.AnyFunction], "f(c…) of numbers is a number", Assume.Rounding,
            e => e.Op is Op.Map { Function: var f } && AreNumbers(e.Args) ? e.Filled(f.Apply([.. e.Args.Select(a => (Real)a.Number!.Value)]).Value) : null),

        Rule("fold-constants", [Rewrite.AnyFunction], "f(c…) of constants is a constant", Assume.Rounding,
            e => e.Op is Op.Map { Function: var f } && AreConstants(e.Args) ? e.Make(new Op.Constant(Each(f, e.Args))) : null),

        Rule("fold-movement", ["reshape", "permute", "slice", "broadcast_to"], "a number in every element is that in another shape too", Assume.Nothing,
            e => e.Args[0].Number is { } c && !(e.Op is Op.BroadcastTo && e.Args[0].Rank == 0) ? e.Filled(c) : null),

        Rule("fold-zeros", ["pad"], "zeros padded with zeros are zeros", Assume.Nothing,
            e => e.Args[0].Number is { } c && BitConverter.DoubleToInt64Bits(c) == 0 ? e.Filled(0) : null),

        Rule("fold-reshape", ["reshape"], "a constant of another shape is a constant", Assume.Nothing,
            e => e.Args[0].Op is Op.Constant { Value: var value } && e.Shape.IsConcrete ? e.Make(new Op.Constant(value.Reshape([.. e.Shape.Select(d => (int)d.Value!)]))) : null),

        Rule("fold-sum", ["sum"], "the sum of all elements of a constant is a number", Assume.Rounding,
            e => e is { Rank: 0, Args: [{ Op: Op.Constant { Value: { Length: <= MostElements } value } }] } ? e.Filled(Total(value)) : null),
    ];

    private static Rewrite Rule(string name, ImmutableArray<string> heads, string law, string assumption, Func<Expr, Expr?> apply) =>
        new(name, Phase.FoldConstants, heads, law, assumption, apply);

    private static bool AreNumbers(ImmutableArray<Expr> args)
    {
        foreach (var arg in args)
            if (arg.Number is null) return false;
        return true;
    }

    private static bool AreConstants(ImmutableArray<Expr> args)
    {
        var arrays = 0;
        foreach (var arg in args)
        {
            if (arg.Op is Op.Constant { Value.Length: <= MostElements }) arrays++;
            else if (arg.Number is null) return false;
        }
        return arrays > 0;
    }

    private static Tensor<double> Each(ScalarFunction f, ImmutableArray<Expr> args)
    {
        var arrays = args.Select(a => (a.Op as Op.Constant)?.Value).ToArray();
        var like = arrays.First(a => a is not null)!;
        var at = new Real[args.Length];
        return Tensor<double>.Build(like.Sizes, values =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                for (var j = 0; j < at.Length; j++) at[j] = arrays[j]?.Span[i] ?? args[j].Number!.Value;
                values[i] = f.Apply<Real>(at).Value;
            }
        });
    }

    private static double Total(Tensor<double> value)
    {
        var sum = 0.0;
        foreach (var x in value.Span) sum += x;
        return sum;
    }
}
