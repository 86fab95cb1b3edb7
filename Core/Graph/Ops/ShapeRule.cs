using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The shape of each operation's result, or the reason why its arguments do not fit.</summary>
internal sealed partial class ShapeRule(Op operation, ImmutableArray<Expr> args, Origin origin) : IOpCases<Shape>
{
    private ShapeException Refuse(string reason) => Refusal.Of(operation.Name, args, reason, origin, operation);

    private void Require(bool condition, string reason)
    {
        if (!condition) throw Refuse(reason);
    }

    private void Require(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Reason reason)
    {
        if (!condition) throw Refuse(reason.Text());
    }

    private Shape Arg(int index = 0) => args[index].Shape;

    private void RequireArity(int arity) => Require(args.Length == arity, $"takes {arity} arguments, not {args.Length}");
}
