using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>What a step does with its slots; a closed union that each backend implements whole.</summary>
public abstract record Routine
{
    private Routine() { }

    /// <summary>A fused body over the elements of the written shape; what it reads is broadcast to that shape as numpy does.</summary>
    public sealed record Elementwise(Body Body) : Routine;

    public sealed record Sum(Axes Axes) : Routine;

    public sealed record Maximum(Axes Axes) : Routine;

    /// <summary>Reads x and its maxima over the axes.</summary>
    public sealed record MaximumIndicator(Axes Axes, TieRule Ties) : Routine;

    /// <summary>C = A B, batched; a transposed operand is stored with its last two axes exchanged.</summary>
    public sealed record Product(bool TransposeA, bool TransposeB) : Routine;

    public sealed record Convolution(ConvolutionForm Form, Leg Open) : Routine;

    public sealed record Permute(Axes Order) : Routine;

    public sealed record Slice(Sequence<StridedRange> Ranges) : Routine;

    public sealed record Pad(Sequence<StridedRange> Ranges) : Routine;

    public sealed record Concatenate(int Axis) : Routine;

    /// <summary>Writes a length as a number.</summary>
    public sealed record Length(Dim Value) : Routine;
}
