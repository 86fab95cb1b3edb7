using System.Collections.Immutable;
using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>Where an expression can be held against differences: it and its derivatives, of order one and two or as many as asked for, are finite, and no kink is near.</summary>
internal sealed class Smoothness
{
    private readonly Function<double> _function;
    private readonly int _first;

    /// <param name="inputs">The variables that are given values.</param>
    /// <param name="order">Derivatives of up to this order must be finite.</param>
    /// <exception cref="ArgumentException">A size that the expression mentions is bound by none of them.</exception>
    public Smoothness(Expr y, ImmutableArray<Expr> inputs, int order = 2)
    {
        // Σ ∂y/∂x and Σ ∂²y/∂x∂x' over all elements.
        var first = order < 1 ? null : Summed(y, inputs);
        var second = first is null || order < 2 ? null : Summed(first, inputs);
        ImmutableArray<Expr> outputs = [y, .. first is null ? [] : new[] { first }, .. second is null ? [] : new[] { second }];
        _first = Math.Min(2, outputs.Length);
        _function = Compiler.Compile<double>(new Computation(inputs, outputs));
    }

    public bool IsFinite(IEnumerable<(Expr Variable, Tensor<double> Value)> at) => At([.. at.Select(v => v.Value)], int.MaxValue).All(double.IsFinite);

    /// <summary>Whether differences along one random direction, in which all variables move, settle.</summary>
    public bool IsSmooth(ImmutableArray<(Expr Variable, Tensor<double> Value)> at, Random random)
    {
        ImmutableArray<Tensor<double>> directions = [.. at.Select(v => Filled(v.Value, _ => Signed(random)))];
        double[] Along(double t) => At([.. at.Zip(directions, (v, d) => Filled(v.Value, i => v.Value.Span[i] + t * d.Span[i]))], _first);
        double[] weights = [.. Along(0).Select(_ => Signed(random))];
        return FiniteDifferences.IsGood(FiniteDifferences.Best(Along, weights));
    }

    public static Tensor<double> Filled(Tensor<double> like, Func<int, double> value) => Tensor<double>.Build(like.Sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = value(i);
    });

    private static double Signed(Random random) => (0.25 + 0.75 * random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1);

    private double[] At(Tensor<double>[] values, int outputs) => [.. _function.Invoke(values).Take(outputs).SelectMany(r => r.Span.ToArray())];

    private static Expr? Summed(Expr y, ImmutableArray<Expr> wrt) =>
        Tape.Of(y.Sum(), wrt).Results.OfType<Expr>().Select(g => g.Sum()).ToList() is { Count: > 0 } sums ? sums.Aggregate((a, b) => a + b) : null;
}
