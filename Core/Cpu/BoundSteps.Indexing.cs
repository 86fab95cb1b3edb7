using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep Gather(Routine.Gather routine) => new GatherStep<V, T>(
        IndexedSizes.Of(Source, sizes[Second], routine.Batch, routine.Axis),
        new IndexPositions<T>("take", sizes[Second], routine.Axis, Source[routine.Axis], step.Provenance), From, Second, To);

    public IBoundStep ScatterAdd(Routine.ScatterAdd routine) => new ScatterStep<V, T>(
        IndexedSizes.Of(Target, Source, routine.Batch, routine.Axis),
        new IndexPositions<T>("add_at", Source, routine.Axis, Target[routine.Axis], step.Provenance), From, Second, To);

    public IBoundStep ArgSort(Routine.ArgSort routine) => new SortStep<T>(Source, routine.Axis, From, To);
}
