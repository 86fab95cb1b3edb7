using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep Cumulate(Routine.Cumulate routine) =>
        new ScanStep<V, T, LinearScan<V, T>>(Target, routine.Axis, routine.Reverse, From, Second, To);

    public IBoundStep RunningSum(Routine.RunningSum routine) =>
        new ScanStep<V, T, SumScan<V, T>>(Target, routine.Axis, routine.Reverse, From, From, To);

    public IBoundStep RunningMaximum(Routine.RunningMaximum routine) =>
        new ScanStep<V, T, MaximumScan<V, T>>(Target, routine.Axis, false, From, From, To);

    public IBoundStep ProductOver(Routine.ProductOver routine) => new ReductionStep<V, T, ProductFold<V, T>>(Source, routine.Axes, From, To);
}
