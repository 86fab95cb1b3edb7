using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Reads x (lead…, rows, h, columns, 2); writes the maxima over h and 2 and, where it is asked for, the place of each window's first maximum, row-major.</summary>
    public sealed record MaximumPlace : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.MaximumPlace(this);
    }

    /// <summary>Reads a value and a place for each window; writes (lead…, rows, h, columns, 2) with the values at their places, else 0.</summary>
    public sealed record AtPlace : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.AtPlace(this);
    }

    /// <summary>Reads x (lead…, rows, h, columns, 2) and a value for each window; writes, in x's shape, the values where each window's first maximum is, else 0.</summary>
    public sealed record AtMaximum : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.AtMaximum(this);
    }

    /// <summary>Reads x, w and, where <paramref name="Biased"/>, a number for each filter; writes the maxima of windows that tile the output, and their places where they are asked for.</summary>
    public sealed record PooledConvolution(ConvolutionForm Form, int Height, int Width, bool Biased) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.PooledConvolution(this);
    }

    /// <summary>Reads x, a cotangent for each window and the windows' places; writes the kernel's gradient.</summary>
    public sealed record KernelAtPlace(ConvolutionForm Form, int Height, int Width) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.KernelAtPlace(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R MaximumPlace(Routine.MaximumPlace routine);
    R AtPlace(Routine.AtPlace routine);
    R AtMaximum(Routine.AtMaximum routine);
    R PooledConvolution(Routine.PooledConvolution routine);
    R KernelAtPlace(Routine.KernelAtPlace routine);
}

internal sealed partial class Lowering
{
    /// <summary>The patches of an image are laid out for that many taps at most.</summary>
    private const int MostPatchTaps = 128;

    /// <summary>The maxima, and with them what the gradient asks for.</summary>
    private static Lowered Pooled(Pool pool) => pool.Convolution switch
    {
        { } c => new Lowered.ByStep(new Routine.PooledConvolution(c.Form, pool.Height, pool.Width, c.Bias is not null), [.. c.Node.Args, .. c.Bias is null ? [] : (Expr[])[c.Bias]], Writes: pool.Written),
        null => new Lowered.ByStep(new Routine.MaximumPlace(), [pool.Windows], Writes: pool.Written),
    };

    /// <summary>Only the patches under the maxima, where the kernel is small and moves by one.</summary>
    private Lowered? KernelAtPlace(Op.Convolution op) =>
        op.Open == Leg.Kernel && op.Form is { Groups: 1, SpatialRank: 2 } form && form.Windows.All(w => w is { Stride: 1, Dilation: 1 })
        && (node.Shape[1] * node.Shape[2] * node.Shape[3]).Value is <= MostPatchTaps
        && node.Args[1] is { Op: Op.Reshape, Args: [{ Op: Op.Map, Args: [_, _] } placed] } dy && pools.AtChain(placed) is { } pool
        && dy.Shape == new Shape([pool.Windows.Shape[0], pool.Windows.Shape[1], pool.Windows.Shape[2] * pool.Height, pool.Windows.Shape[4] * pool.Width])
            ? new Lowered.ByStep(new Routine.KernelAtPlace(form, pool.Height, pool.Width), [node.Args[0], placed.Args[0].Args[0], pool.Indicator!])
            : null;
}
