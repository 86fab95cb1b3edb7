using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

public partial class Pullbacks
{
    public virtual Pullback StopGradient(Op.StopGradient op) => new("stop_gradient", (_, _) => [null]);

    /// <summary>The value's cotangent is the result's; what was waited for has none.</summary>
    public virtual Pullback After(Op.After op) => new("after", (y, dy) => [dy, .. y.Args.Skip(1).Select(_ => (Expr?)null)]);

    /// <summary>
    /// The chain rule through a definition: the pullback of its body, itself a definition of the arguments and dy; or the definition's
    /// own, where it has one.
    /// </summary>
    public virtual Pullback Call(Op.Call op) => new(op.Name, (y, dy) =>
    {
        if (!op.Definition.Adjoints.IsDefault)
            return [.. op.Definition.Adjoints.Select(d => d is null ? null : Expr.Of(new Op.Call(d), [.. y.Args, y, dy]))];
        var cotangent = Expr.Variable("dy", y.Shape);
        var tape = Tape.Of(op.Definition.Body, op.Definition.Parameters, this, cotangent);
        return [.. tape.Results.Select((dx, i) => dx is null ? null : Expr.Of(
            new Op.Call(new Definition($"{op.Name}_pullback", [.. op.Definition.Parameters, cotangent], dx)), [.. y.Args, dy]))];
    });
}

public partial class Pushforwards
{
    public virtual Pushforward StopGradient(Op.StopGradient op) => Leaf("stop_gradient");

    public virtual Pushforward After(Op.After op) => new("after", (_, t) => t[0]);

    /// <summary>The pushforward of the body, itself a definition of the arguments and their tangents; where a definition has a pullback of
    /// its own, that one's transpose.</summary>
    public virtual Pushforward Call(Op.Call op) => new(op.Name, (y, t) =>
    {
        ImmutableArray<Expr> given = [.. t.OfType<Expr>()];
        if (given.IsEmpty) return null;
        var parameters = op.Definition.Parameters;
        ImmutableArray<(Expr X, Expr Tangent)> along =
            [.. parameters.Where((_, i) => t[i] is not null).Select(p => (p, Expr.Variable($"d{Printer.Short(p)}", p.Shape)))];
        var tangent = op.Definition.Adjoints.IsDefault
            ? Jvp.Tangents([op.Definition.Body], along, this)[0]
            : Jvp.Transposed(Expr.Of(op, parameters), along, Pullbacks.Standard);
        return tangent is null ? null : Expr.Of(
            new Op.Call(new Definition($"{op.Name}_pushforward", [.. parameters, .. along.Select(a => a.Tangent)], tangent)), [.. y.Args, .. given]);
    });
}
