using System.Collections.Immutable;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Profiling;

/// <summary>
/// A carrier that counts: a scalar function's formula, run over it, is a graph of the operations that a number goes through. What the
/// formula uses twice is one node, so it counts once.
/// </summary>
public sealed class FormulaCost : IReal<FormulaCost>
{
    /// <summary>About what the carriers' own polynomials take.</summary>
    private const int Exponential = 18, Logarithm = 24, Power = 70, Trigonometric = 24;

    private readonly int _own;
    private readonly ImmutableArray<FormulaCost> _args;

    private FormulaCost(int own, params ReadOnlySpan<FormulaCost> args) => (_own, _args) = (own, [.. args]);

    /// <summary>The floating-point operations of one application: + - * / √, comparisons and choices are one each.</summary>
    public static int Of(ScalarFunction function)
    {
        var result = function.Apply<FormulaCost>([.. Enumerable.Range(0, function.Arity).Select(_ => new FormulaCost(0))]);
        var (seen, open, cost) = (new HashSet<FormulaCost>(ReferenceEqualityComparer.Instance) { result }, new Stack<FormulaCost>([result]), 0);
        while (open.TryPop(out var node))
        {
            cost += node._own;
            foreach (var arg in node._args)
                if (seen.Add(arg)) open.Push(arg);
        }
        return cost;
    }

    public static implicit operator FormulaCost(double value) => new(0);

    public static FormulaCost operator +(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost operator -(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost operator *(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost operator /(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost operator -(FormulaCost a) => new(1, a);

    public static FormulaCost MultiplyAdd(FormulaCost a, FormulaCost b, FormulaCost c) => new(2, a, b, c);
    public static FormulaCost Fmod(FormulaCost a, FormulaCost b) => new(4, a, b);
    public static FormulaCost CopySign(FormulaCost a, FormulaCost b) => new(1, a, b);

    public static FormulaCost Max(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost Min(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost Abs(FormulaCost a) => new(1, a);
    public static FormulaCost Floor(FormulaCost a) => new(1, a);
    public static FormulaCost Sqrt(FormulaCost a) => new(1, a);
    public static FormulaCost Exp(FormulaCost a) => new(Exponential, a);
    public static FormulaCost Log(FormulaCost a) => new(Logarithm, a);
    public static FormulaCost Pow(FormulaCost a, FormulaCost b) => new(Power, a, b);
    public static FormulaCost Sin(FormulaCost a) => new(Trigonometric, a);
    public static FormulaCost Cos(FormulaCost a) => new(Trigonometric, a);

    public static FormulaCost Greater(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost GreaterOrEqual(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost Equal(FormulaCost a, FormulaCost b) => new(1, a, b);
    public static FormulaCost Select(FormulaCost condition, FormulaCost a, FormulaCost b) => new(1, condition, a, b);

    public static FormulaCost Call<F>(FormulaCost x) where F : struct, IUnaryFunction => F.Apply(x);
    public static FormulaCost Call<F>(FormulaCost x, FormulaCost y) where F : struct, IBinaryFunction => F.Apply(x, y);
    public static FormulaCost Call<F>(FormulaCost x, FormulaCost y, FormulaCost z) where F : struct, ITernaryFunction => F.Apply(x, y, z);
}
