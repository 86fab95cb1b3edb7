using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep Uniform(Routine.Uniform routine) =>
        new UniformStep<T>(routine.Key, Target.Aggregate(1L, (n, size) => n * size), From, To);
}
