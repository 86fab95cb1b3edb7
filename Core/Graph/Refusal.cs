using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The message with which a wrong graph is refused: the operation, each operand with its shape and line, and where it was built.</summary>
internal static class Refusal
{
    public static ShapeException Of(string operation, ImmutableArray<Expr> args, string reason, Origin origin) =>
        new($"{operation} of {string.Join(" and ", args.Select(Operand))}: {reason}{At(origin)}");

    private static string Operand(Expr e) => $"{Printer.Short(e)} {e.Shape}{(e.Origin.Source is { } s ? $" [{s}]" : "")}";

    private static string At(Origin origin) =>
        (origin.Scope is { } scope ? $" (in {scope})" : "") + (origin.Source is { } source ? $" (at {source})" : "");
}
