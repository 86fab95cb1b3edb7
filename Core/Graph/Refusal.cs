using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The message with which a wrong graph is refused: the operation, each operand with its shape and line, and where it was built.</summary>
internal static class Refusal
{
    /// <param name="operation">Its word.</param>
    /// <param name="args">The operands.</param>
    /// <param name="reason">What does not fit.</param>
    /// <param name="origin">Where it was to be built.</param>
    /// <param name="op">The operation itself where it is one of the union's: it says which axes meet.</param>
    public static ShapeException Of(string operation, ImmutableArray<Expr> args, string reason, Origin origin, Op? op = null) => new(
        $"{operation} of {string.Join(" and ", args.Select(Operand))}: {reason}{At(origin)}",
        () => new RefusedOperation(operation, args, op).Draw());

    private static string Operand(Expr e) => $"{Printer.Short(e)} {e.Shape}{(e.Origin.Source is { } s ? $" [{s}]" : "")}";

    private static string At(Origin origin) =>
        (origin.Scope is { } scope ? $" (in {scope})" : "") + (origin.Source is { } source ? $" (at {source})" : "");
}
