using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Exchange;

/// <summary>
/// Graphs in the form that is translated: definitions are replaced by their bodies, and scalar functions that ONNX has not by their formulas.
/// </summary>
internal sealed class OnnxForm
{
    private readonly Dictionary<Definition, Expr> _bodies = [];
    private readonly HashSet<ScalarFunction> _open = [];

    public ImmutableArray<Expr> Of(IEnumerable<Expr> roots) => Traversal.Rebuild(roots, (node, args) => node.Op switch
    {
        Op.Call call => Body(call.Definition, args),
        Op.Map map when !OnnxFunctions.Has(map.Function) => Formula(map.Function, args, node),
        Op.StopGradient or Op.After => args[0],
        _ => node.With(args),
    });

    private Expr Body(Definition definition, ImmutableArray<Expr> args)
    {
        if (!_bodies.TryGetValue(definition, out var body)) body = _bodies[definition] = Of([definition.Body])[0];
        return Substituted(body, definition.Parameters, args);
    }

    private Expr Formula(ScalarFunction function, ImmutableArray<Expr> args, Expr node)
    {
        // The shape is the arguments' own: a formula's numbers are broadcast to it.
        ImmutableArray<Expr> parameters = [.. args.Select((a, i) => Expr.Variable($"p{i}", a.Shape))];
        if (!_open.Add(function)) throw new NotSupportedException($"onnx: {Printer.Short(node)}: ONNX has not the function {function.Name}, and it has no formula over others");
        var body = Of([function.Apply<Expr>(parameters)])[0];
        _open.Remove(function);
        return Substituted(body.Shape == node.Shape ? body : Expr.Of(new Op.BroadcastTo(node.Shape), body), parameters, args);
    }

    private static Expr Substituted(Expr body, ImmutableArray<Expr> parameters, ImmutableArray<Expr> args) =>
        Traversal.Substitute([body], parameters.Zip(args).ToDictionary(p => p.First, p => p.Second))[0];
}
