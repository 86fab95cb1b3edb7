using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>
/// A gradient as a person derives it: what is computed, line by line; then from the cost back to the variables, a step for each line, with the rule in
/// general, what it says here, and why; then what the gradients become when they are simplified. It is the tape, told: nothing is derived again.
/// </summary>
/// <param name="Cost">What is differentiated.</param>
/// <param name="Names">The names of all that is computed: names of the expression language, each of one node.</param>
/// <param name="Cotangents">The names of the nodes' cotangents.</param>
/// <param name="Forward">What is computed, in order.</param>
/// <param name="Steps">From the cost back.</param>
/// <param name="Gradients">The results, by the names of the variables.</param>
public sealed record Derivation(
    Expr Cost,
    IReadOnlyDictionary<Expr, string> Names,
    IReadOnlyDictionary<Expr, string> Cotangents,
    ImmutableArray<ForwardLine> Forward,
    ImmutableArray<DerivationStep> Steps,
    ImmutableArray<DerivedGradient> Gradients)
{
    /// <summary>What is derived, where it is no plain gradient; what was left out, and what has no gradient.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>
    /// Derives the gradients of a scalar with respect to expressions of its graph. A definition without a pullback of its own is opened first, unless it is
    /// short: its steps are those of what it is made of.
    /// </summary>
    /// <exception cref="ShapeException">The cost is no scalar.</exception>
    public static Derivation Of(Expr cost, params IEnumerable<Expr> wrt)
    {
        var opened = Composed.Opened([cost, .. wrt]);
        return Of(Tape.Of(opened[0], opened[1..]));
    }

    /// <summary>The same, in which matrix forms take some square variables to equal their transposes.</summary>
    public Derivation Assuming(IReadOnlyCollection<Expr> symmetric) =>
        this with { Gradients = [.. Gradients.Select(g => g with { Matrix = g.Matrix is null ? null : MatrixForm.Of(g.Raw, symmetric) })] };

    /// <summary>The derivation that a tape is.</summary>
    public static Derivation Of(Tape tape)
    {
        var cost = tape.Seeds[0].Node;
        var order = Traversal.Topological(tape.Seeds.Select(s => s.Node));
        var names = NodeNames.Of(order, cost);
        var forward = order.Where(names.ContainsKey).Where(n => n.Op is not Op.Variable).Select(n => new ForwardLine(n, names[n], Printer.Formula(n, names, open: true), n.Shape)).ToImmutableArray();
        var cotangents = NodeNames.OfCotangents(tape, names);
        var taken = names.Values.Concat(cotangents.Values).ToHashSet(StringComparer.Ordinal);
        var received = new HashSet<Expr>();
        var steps = tape.Steps.Select(step => DerivationStep.Of(step, names, cotangents, received, taken.Contains)).ToImmutableArray();
        var gradients = tape.Wrt.Zip(tape.Results).Where(r => r.Second is not null).Select(r => DerivedGradient.Of(r.First, r.Second!, names)).ToImmutableArray();
        ImmutableArray<string> remarks = [.. tape.Wrt.Zip(tape.Results).Where(r => r.Second is null).Select(r => $"nothing reaches {names.GetValueOrDefault(r.First, Printer.Short(r.First))}: small changes of it do not change {names.GetValueOrDefault(cost, "the cost")}")];
        return new(cost, names, cotangents, forward, steps, gradients) { Remarks = remarks };
    }
}

/// <summary>One line of what is computed.</summary>
/// <param name="Node">The value.</param>
/// <param name="Name">Its name: the user's where there is one.</param>
/// <param name="Formula">How it is computed from named values.</param>
/// <param name="Shape">Its shape.</param>
public sealed record ForwardLine(Expr Node, string Name, string Formula, Shape Shape);

/// <summary>A result: as the steps leave it, the laws that simplify it, and what comes of them.</summary>
/// <param name="Variable">With respect to what.</param>
/// <param name="Raw">The cotangent of the tape.</param>
/// <param name="Simplified">The same after rewriting, with like terms added.</param>
/// <param name="Laws">Every use of a law, in order.</param>
/// <param name="Formula">The simplified gradient, in the variables alone, as a person reads it: it parses, and the chain rule's products are products.</param>
public sealed record DerivedGradient(Expr Variable, string Name, Expr Raw, Expr Simplified, Trace Laws, string Formula)
{
    /// <summary>The gradient as a formula of matrices; null where it has none, or is elementwise.</summary>
    public MatrixForm? Matrix { get; init; } = MatrixForm.Mentions(Simplified) ? MatrixForm.Of(Raw) : null;

    internal static DerivedGradient Of(Expr variable, Expr gradient, IReadOnlyDictionary<Expr, string> names)
    {
        var rewritten = Rewriter.Rewrite([gradient], Composed.Readable);
        var simplified = LikeTerms.Of(rewritten.Roots[0]);
        return new(variable, names.GetValueOrDefault(variable, Printer.Short(variable)), gradient, simplified, rewritten.Trace, Text(simplified));
    }

    /// <summary>A binding for each part that is used twice or long, and the result.</summary>
    private static string Text(Expr gradient)
    {
        var names = Printer.Variables(gradient).ToDictionary(v => v.Value, v => v.Key);
        var taken = names.Values.ToHashSet(StringComparer.Ordinal);
        var count = 0;
        string Part()
        {
            do count++;
            while (!taken.Add($"t{count}"));
            return $"t{count}";
        }
        var formulas = SharedFormulas.Of([gradient], names.GetValueOrDefault, Part);
        return string.Concat(formulas.Where.Select(w => $"let {w.Name} = {w.Formula}\n")) + formulas.Texts[0];
    }
}
