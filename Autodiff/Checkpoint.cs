using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>
/// A part of a graph of which only the arguments are kept for the gradient: what lies between is computed again when the cotangent
/// arrives, in place of being stored until then. Values and gradients are the same, memory is traded for time.
/// (T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", 2016.)
/// </summary>
public static class Checkpoint
{
    /// <param name="name">The word that prints.</param>
    /// <param name="args">What is kept.</param>
    /// <param name="body">The part, a function of the arguments alone.</param>
    /// <exception cref="ArgumentException">The body mentions a variable that is not among the arguments.</exception>
    public static Expr Apply(string name, ImmutableArray<Expr> args, Func<ImmutableArray<Expr>, Expr> body) =>
        new CustomOp(name, body, (parameters, _, dy) =>
        {
            ImmutableArray<Expr> again = [.. parameters.Select(p => p.After(dy))];
            return Tape.Of(body(again), again, seed: dy).Results;
        }).Apply(args);
}
