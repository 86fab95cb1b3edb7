using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>An operation whose operands do not fit, to be drawn.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Args">The operands.</param>
/// <param name="Op">The operation itself where it is one of the union's.</param>
internal sealed record RefusedOperation(string Name, ImmutableArray<Expr> Args, Op? Op)
{
    private const int Width = 100;

    public ShapeDrawing Draw() => new(Written().Lines(Width), AlignedShapes.Of(this).Lines());

    /// <summary>The shape that was asked for, of an operation that is given one.</summary>
    public Shape? Target => Op switch { Op.Reshape r => r.Target, Op.BroadcastTo b => b.Target, _ => null };

    /// <summary>What would print, with the operator or the function's word marked.</summary>
    private Marked Written()
    {
        if (Args.Length == 2 && Spelling.Infix(Name) is var (symbol, level))
        {
            var left = Printer.Part(Args[0]).At(level);
            return new($"{left} {symbol} {Printer.Part(Args[1]).At(level + 1)}", left.Length + 1, 1);
        }
        // The word of an einsum carries its subscripts.
        var word = Name.Split(' ', 2);
        var parts = word[1..].Concat(Args.Select(a => Printer.Part(a).Text)).Concat(Target is { } target ? [$"{target}"] : []);
        return new($"{word[0]}({string.Join(", ", parts)})", 0, 1);
    }
}
