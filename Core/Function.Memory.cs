using AutoDiffAE.Planning;

namespace AutoDiffAE;

public sealed partial class Function<T>
{
    /// <summary>Bytes of intermediate values in the calls of the last sizes.</summary>
    public long ArenaBytes => _binding?.ArenaBytes ?? 0;

    /// <summary>The bytes of intermediate values that calls of these sizes will take: what <see cref="ArenaBytes"/> says after the first of them.</summary>
    /// <param name="sizes">Numbers for the named sizes.</param>
    /// <exception cref="KeyNotFoundException">A named size has no number.</exception>
    public unsafe long PeakBytes(IReadOnlyDictionary<string, long> sizes) => Liveness.Place(Plan, sizes, sizeof(T)).Bytes;
}
