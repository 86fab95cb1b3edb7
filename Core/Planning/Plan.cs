using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Planning;

/// <summary>
/// A buffer of a plan, row-major. A view shares the memory of the slot <paramref name="Of"/> under another shape; where a step writes it, it is
/// written in place over what was there.
/// </summary>
/// <param name="View">How the other slot's memory is read where it is not this shape, row-major: by fused bodies only.</param>
/// <param name="After">Slots that must have been written before this view is read, though nothing is read from them.</param>
public sealed record Slot(int Id, Shape Shape, SlotRole Role, int? Of = null, Tensor<double>? Value = null, Sequence<int>? After = null, View? View = null);

public enum SlotRole
{
    /// <summary>Held by the caller or the store: inputs, parameters, outputs and next values, in the order of <see cref="Plan.External"/>.</summary>
    External,

    /// <summary>Known when the plan is made.</summary>
    Constant,

    /// <summary>Written and read within one call.</summary>
    Temporary,
}

/// <summary>One routine over slots, and the expression it came from in words.</summary>
/// <param name="Source">The line that built the expression; file and number are looked up only when asked for.</param>
public sealed record Step(Routine Routine, ImmutableArray<int> Reads, ImmutableArray<int> Writes, string Provenance, SourceLine? Source = null);

/// <summary>All that a backend sees: steps over slots. Sizes may still be symbolic.</summary>
/// <param name="External">The slots whose memory is handed in: inputs, then store variables, then outputs, then next values.</param>
/// <param name="ReusesMemory">Whether temporaries that are never needed at once share memory.</param>
/// <param name="ChecksIndices">Whether a device looks at indices before they are used.</param>
public sealed record Plan(ImmutableArray<Slot> Slots, ImmutableArray<Step> Steps, ImmutableArray<int> External, bool ReusesMemory = true, bool ChecksIndices = true)
{
    /// <summary>The slot whose memory this one uses.</summary>
    public int Root(int slot) => Slots[slot].Of is int of ? Root(of) : slot;
}
