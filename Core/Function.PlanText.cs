using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE;

public sealed partial class Function<T>
{
    /// <summary>The plan as text: its slots by name where they have one, with the places of temporaries in the arena, then its steps.</summary>
    /// <param name="sizes">Numbers for the named sizes.</param>
    /// <exception cref="KeyNotFoundException">A named size has no number.</exception>
    public unsafe ImmutableArray<string> PlanLines(IReadOnlyDictionary<string, long> sizes) => PlanText.Lines(Plan, sizes, sizeof(T),
    [
        .. _computation.Inputs.Select(v => $"input {Printer.Short(v)}"),
        .. _variables.Select(v => $"variable {Printer.Short(v)}"),
        .. _computation.Outputs.Select((y, i) => $"output {i} {y.Origin.Name}".TrimEnd()),
        .. _computation.Updates.Select(u => $"next {Printer.Short(u.Variable)}"),
    ]);
}
