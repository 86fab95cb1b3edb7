using System.Collections.Immutable;

namespace AutoDiffAE.Gpu;

/// <summary>One start of a kernel.</summary>
/// <param name="Kernel">What runs.</param>
/// <param name="Memory">The slots that are its views, in its order; from the plan's number of slots on, parts of the step's scratch memory.</param>
/// <param name="Numbers">What it knows before.</param>
/// <param name="Elements">How many elements it has.</param>
/// <param name="Groups">How many groups of threads, where it runs in groups.</param>
internal sealed record Launch(Kernel Kernel, ImmutableArray<int> Memory, ImmutableArray<int> Numbers, int Elements, int Groups = 0);
