using System.Collections.Immutable;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Stabilize
{
    /// <summary>Logarithms of sums, and exponentials less 1.</summary>
    private static ImmutableArray<Rewrite> Logarithms =>
    [
        Rule("log1p", ["log"], "ln(1 + x) = log1p x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "add" } sum && sum.NumberAndOther is (1, var x) ? e.Make<Log1p>(x)
                : e.Args[0] is { Head: "sub", Args: [{ Number: 1 }, var y] } ? e.Make<Log1p>(e.Make<Negate>(y))
                : null),

        Rule("expm1", ["sub", "add"], "eˣ - 1 = expm1 x", Assume.NoOverflow,
            e => e is { Head: "sub", Args: [{ Head: "exp", Args: [var x] }, { Number: 1 }] } ? e.Make<Expm1>(x)
                : e.Head == "add" && e.NumberAndOther is (-1, { Head: "exp", Args: [var y] }) ? e.Make<Expm1>(y)
                : null),

        Rule("softplus", ["log1p"], "ln(1 + eˣ) = softplus x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "exp", Args: [var x] } ? e.Make<Softplus>(x) : null),

        Rule("logaddexp", ["log"], "ln(eᵃ + eᵇ) = logaddexp(a, b)", Assume.NoOverflow,
            e => e.Args[0] is { Head: "add", Args: [{ Head: "exp", Args: [var a] }, { Head: "exp", Args: [var b] }] } ? e.Make<LogAddExp>(a, b) : null),

        Rule("logsigmoid", ["log"], "ln σ(x) = logsigmoid x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "sigmoid", Args: [var x] } ? e.Make<LogSigmoid>(x) : null),

        Rule("negated-softplus", ["neg"], "-softplus(-x) = logsigmoid x, -logsigmoid x = softplus(-x)", Assume.Rounding,
            e => e.Args[0] is { Head: "softplus", Args: [{ Head: "neg", Args: [var x] }] } ? e.Make<LogSigmoid>(x)
                : e.Args[0] is { Head: "logsigmoid", Args: [var y] } ? e.Make<Softplus>(e.Make<Negate>(y))
                : null),

        Rule("logsigmoid-of-negative", ["logsigmoid"], "logsigmoid(-x) = -softplus x", Assume.Rounding,
            e => e.Args[0] is { Head: "neg", Args: [var x] } ? e.Make<Negate>(e.Make<Softplus>(x)) : null),
    ];
}
