using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Gpu;

internal sealed partial class GpuSteps<T>
{
    private static ImmutableArray<int> Window(PoolGeometry g)
    {
        PoolAxis[] axes = [g.Depth, g.Row, g.Column];
        return [.. axes.Select(a => a.Size), .. axes.Select(a => a.Count), .. axes.Select(a => a.Taps), .. axes.Select(a => a.Stride), .. axes.Select(a => a.Dilation)];
    }

    private static int Windows(PoolGeometry g) => checked((int)(g.Lead * g.WindowRows * g.Column.Count));

    public ImmutableArray<Launch> PoolSum(Routine.PoolSum routine) => Pool(PoolGeometry.Of(routine.Taps, Source), typeof(DeviceSum));

    public ImmutableArray<Launch> PoolMaximum(Routine.PoolMaximum routine) => Pool(PoolGeometry.Of(routine.Taps, Source), typeof(DeviceMaximum));

    private ImmutableArray<Launch> Pool(PoolGeometry g, Type fold) => [Start(typeof(PoolFold<,,>), [fold], [From, To], Window(g), Windows(g))];

    public ImmutableArray<Launch> FoldMaximum(Routine.FoldMaximum routine)
    {
        var g = PoolGeometry.Of(routine.Taps, Source);
        var places = Scratch(Windows(g));
        return [Start(typeof(FirstMaximum<,>), [], [From, places], Window(g), Windows(g)), Start(typeof(AddAtMaximum<,>), [], [places, Second, To], Window(g), Count(Target))];
    }

    public ImmutableArray<Launch> FoldWindows(Routine.FoldWindows routine)
    {
        var (r, lead) = (routine.Taps.Count, Target.Length - routine.Taps.Count);
        // A length of 1 has stride 0: where more are wanted, it stands for all of them.
        int[] strides = [.. routine.Order.Select(axis => Source[axis] == 1 ? 0 : RowMajor(Source)[axis])];
        IEnumerable<int> Three(int[] some) => Enumerable.Repeat(0, 3 - some.Length).Concat(some);
        return [Start(typeof(FoldWindowsAt<,>), [], [From, To],
            [.. Window(PoolGeometry.Of(routine.Taps, Target)), lead, .. Three(strides[lead..(lead + r)]), .. Three(strides[(lead + r)..]), .. Target[..lead], 0, .. strides[..lead]], Count(Target))];
    }

    /// <summary>(lead…, rows, h, columns, w): the windows' height, columns and width.</summary>
    private static ImmutableArray<int> Tiling(int[] windows) => [windows[^3], windows[^2], windows[^1]];

    public ImmutableArray<Launch> MaximumPlace(Routine.MaximumPlace routine) =>
        [Start(typeof(PairedMaximum<,>), [], [From, To, step.Writes.Length > 1 ? step.Writes[1] : Scratch(Count(Target))], Tiling(Source), Count(Target))];

    public ImmutableArray<Launch> AtPlace(Routine.AtPlace routine) => [Start(typeof(PairedSpread<,>), [], [From, Second, To], Tiling(Target), Count(Source))];

    public ImmutableArray<Launch> AtMaximum(Routine.AtMaximum routine)
    {
        var windows = Count(sizes[Second]);
        var (most, places) = (Scratch(windows), Scratch(windows));
        return [Start(typeof(PairedMaximum<,>), [], [From, most, places], Tiling(Source), windows), Start(typeof(PairedSpread<,>), [], [Second, places, To], Tiling(Target), windows)];
    }

    /// <summary>The convolution, the bias, then the maxima.</summary>
    public ImmutableArray<Launch> PooledConvolution(Routine.PooledConvolution routine)
    {
        int[] y = [Target[0], Target[1], Target[2] * routine.Height, Target[3] * routine.Width];
        var convolved = Scratch(Count(y));
        return
        [
            .. Convolve(ConvolutionGeometry.Of(routine.Form, Source, sizes[Second], y), Leg.Output, From, Second, convolved),
            .. routine.Biased ? (ImmutableArray<Launch>)[Start(typeof(AddBias<,>), [], [convolved, step.Reads[2]], [y[2] * y[3], y[1]], Count(y))] : [],
            Start(typeof(PairedMaximum<,>), [], [convolved, To, step.Writes.Length > 1 ? step.Writes[1] : Scratch(Count(Target))], [routine.Height, Target[3], routine.Width], Count(Target)),
        ];
    }

    /// <summary>The cotangents are put at their places, and the kernel's gradient is taken of all.</summary>
    public ImmutableArray<Launch> KernelAtPlace(Routine.KernelAtPlace routine)
    {
        var places = sizes[step.Reads[2]];
        int[] y = [places[0], places[1], places[2] * routine.Height, places[3] * routine.Width];
        var spread = Scratch(Count(y));
        return
        [
            Start(typeof(PairedSpread<,>), [], [Second, step.Reads[2], spread], [routine.Height, places[3], routine.Width], Count(places)),
            .. Convolve(ConvolutionGeometry.Of(routine.Form, Source, Target, y), Leg.Kernel, From, spread, To),
        ];
    }
}
