using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep Windows(Routine.Windows routine) => CopyStep<V, T>.Windows(routine.Taps, routine.Order, Source, Target, From, To);

    public IBoundStep FoldWindows(Routine.FoldWindows routine) => new FoldWindowsStep<V, T>(routine, Source, Target, From, To);

    public IBoundStep PoolSum(Routine.PoolSum routine) => new PoolStep<V, T, SumFold<V, T>>(PoolGeometry.Of(routine.Taps, Source), From, To);

    public IBoundStep PoolMaximum(Routine.PoolMaximum routine) => new PoolStep<V, T, MaximumFold<V, T>>(PoolGeometry.Of(routine.Taps, Source), From, To);

    public IBoundStep FoldMaximum(Routine.FoldMaximum routine) => new FoldMaximumStep<V, T>(PoolGeometry.Of(routine.Taps, Source), From, Second, To);
}
