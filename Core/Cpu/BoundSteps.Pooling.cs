using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal sealed partial class BoundSteps<V, T>
{
    public IBoundStep MaximumPlace(Routine.MaximumPlace routine) => new MaximumPlaceStep<V, T>(Source, From, To, step.Writes.Length > 1 ? step.Writes[1] : null);

    public IBoundStep AtPlace(Routine.AtPlace routine) => new AtPlaceStep<V, T>(Target, From, Second, To);

    public IBoundStep AtMaximum(Routine.AtMaximum routine) => new AtMaximumStep<V, T>(Target, From, Second, To);

    public IBoundStep PooledConvolution(Routine.PooledConvolution routine) => new PooledConvolutionStep<V, T>(
        ConvolutionGeometry.Of(routine.Form, Source, sizes[Second], [Target[0], Target[1], Target[2] * routine.Height, Target[3] * routine.Width]),
        new ConvolutionPool(routine.Height, routine.Width), From, Second, routine.Biased ? step.Reads[2] : null, To, step.Writes.Length > 1 ? step.Writes[1] : null);

    public IBoundStep KernelAtPlace(Routine.KernelAtPlace routine)
    {
        var windows = sizes[step.Reads[2]];
        return new PooledKernelStep<V, T>(
            ConvolutionGeometry.Of(routine.Form, Source, Target, [windows[0], windows[1], windows[2] * routine.Height, windows[3] * routine.Width]),
            new ConvolutionPool(routine.Height, routine.Width), From, Second, step.Reads[2], To);
    }
}
