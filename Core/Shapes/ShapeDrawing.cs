using System.Collections.Immutable;

namespace AutoDiffAE.Shapes;

/// <summary>A refusal as a picture in text.</summary>
/// <param name="Expression">What was refused, and a caret under the operation.</param>
/// <param name="Operands">A line for each operand, its axes under those that they meet; then carets under the lengths that do not go together.</param>
public sealed record ShapeDrawing(ImmutableArray<string> Expression, ImmutableArray<string> Operands)
{
    public ImmutableArray<string> Lines => [.. Expression, .. Operands];

    public override string ToString() => string.Join("\n", Lines);
}
