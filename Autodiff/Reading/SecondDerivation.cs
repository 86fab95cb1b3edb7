using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;

namespace AutoDiffAE.Reading;

/// <summary>
/// What is differentiated a second time: of one number its derivative, of anything else the product of the gradient with a direction v, whose gradient
/// is the Hessian's product with v. The gradient is simplified first, as a person would do it.
/// </summary>
/// <param name="Cost">The derivative, or ⟨gradient, v⟩.</param>
/// <param name="Wrt">With respect to what it is to be derived.</param>
/// <param name="Title">What comes of it, in a line.</param>
public sealed record SecondDerivation(Expr Cost, ImmutableArray<Expr> Wrt, string Title)
{
    /// <exception cref="DisconnectedException">The cost depends on none of the expressions.</exception>
    public static SecondDerivation Of(Expr cost, params IEnumerable<Expr> wrt)
    {
        ImmutableArray<Expr> asked = [.. wrt];
        var raw = Tape.Of(cost, asked).Results;
        if (raw.All(r => r is null)) throw new DisconnectedException([cost], asked[0]);
        ImmutableArray<(Expr X, Expr Gradient)> found = [.. asked.Zip(raw).Where(r => r.Second is not null).Select(r => (r.First, r.Second!))];
        var simple = Rewriter.Rewrite([.. found.Select(f => f.Gradient)], Composed.Readable).Roots;
        if (found is [{ X: { Rank: 0 } x }] && asked.Length == 1)
            return new(simple[0].Named("f_1"), asked, $"the second derivative with respect to {Printer.Short(x)}: f_1 is the first, simplified, and is differentiated again");
        Expr Along(Expr x, Expr gradient) => (gradient.Named($"g_{Printer.Short(x)}") * Expr.Variable($"v_{Printer.Short(x)}", x.Shape)) is var product && product.Rank > 0 ? product.Sum() : product;
        var along = found.Zip(simple, (f, gradient) => Along(f.X, gradient)).Aggregate((a, b) => a + b);
        var (gradients, directions) = (string.Join(", ", found.Select(f => $"g_{Printer.Short(f.X)}")), string.Join(", ", found.Select(f => $"v_{Printer.Short(f.X)}")));
        return new(along, asked, $"the Hessian times {directions}: {gradients} {(found.Length == 1 ? "is the gradient" : "are the gradients")}, simplified; what is differentiated again is the sum of {(found.Length == 1 ? "its" : "their")} products with {directions}");
    }
}
