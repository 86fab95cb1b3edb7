using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Exchange;

/// <summary>A value that is part of the model.</summary>
/// <param name="Type">The number of its type in onnx.proto.</param>
/// <param name="Bytes">Little-endian, row-major.</param>
internal sealed record OnnxTensor(string Name, int Type, ImmutableArray<int> Sizes, byte[] Bytes)
{
    public const int Float = 1, Int64 = 7, Bool = 9;

    public static OnnxTensor Of(string name, Tensor<float> values) => new(name, Float, [.. values.Sizes], MemoryMarshal.AsBytes(values.Span).ToArray());

    /// <summary>Of shape (lengths), the numbers in row-major order.</summary>
    public static OnnxTensor Of(string name, ReadOnlySpan<long> values, params ReadOnlySpan<int> sizes) => new(name, Int64, [.. sizes], MemoryMarshal.AsBytes(values).ToArray());
}
