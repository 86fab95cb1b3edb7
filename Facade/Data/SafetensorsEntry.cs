using System.Collections.Immutable;

namespace AutoDiffAE.Data;

/// <summary>One array as a .safetensors header describes it.</summary>
/// <param name="Half16">Whether its numbers are bfloat16, which <paramref name="Type"/> cannot say.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Type, bool Half16, ImmutableArray<int> Sizes, long Begin, long End);
