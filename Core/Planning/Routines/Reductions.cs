using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    public sealed record Sum(Axes Axes) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Sum(this);
    }

    /// <summary>The product over axes.</summary>
    public sealed record ProductOver(Axes Axes) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.ProductOver(this);
    }

    public sealed record Maximum(Axes Axes) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Maximum(this);
    }

    /// <summary>
    /// A fused body over the shape of what it reads, broadcast together as numpy does; one read has that shape. Each result is written
    /// whole or reduced over the axes.
    /// </summary>
    public sealed record Reduction(Body Body, Axes Axes, Sequence<Fold> Folds) : Routine
    {
        public override string Summary() => $"{Body.Summary()} → {string.Join(' ', Folds.Where(f => f != Fold.None).Select(f => f.ToString().ToLowerInvariant()))}".TrimStart(' ', '→');

        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Reduction(this);
    }

    /// <summary>Reads x and its maxima over the axes.</summary>
    public sealed record MaximumIndicator(Axes Axes, TieRule Ties) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.MaximumIndicator(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Sum(Routine.Sum routine);
    R ProductOver(Routine.ProductOver routine);
    R Maximum(Routine.Maximum routine);
    R Reduction(Routine.Reduction routine);
    R MaximumIndicator(Routine.MaximumIndicator routine);
}

internal sealed partial class Lowering
{
    public Lowered Sum(Op.Sum op) =>
        ReducedWindows(op.Axes) is var (taps, x) ? new Lowered.ByStep(new Routine.PoolSum(taps), [x]) : Step(new Routine.Sum(op.Axes));

    public Lowered Product(Op.Product op) => Step(new Routine.ProductOver(op.Axes));

    public Lowered Maximum(Op.Maximum op) => pools.At(node) is { } pool ? Pooled(pool) :
        ReducedWindows(op.Axes) is var (taps, x) ? new Lowered.ByStep(new Routine.PoolMaximum(taps), [x]) : Step(new Routine.Maximum(op.Axes));

    public Lowered MaximumIndicator(Op.MaximumIndicator op) => pools.At(node) is { } pool ? Pooled(pool) :
        new Lowered.ByStep(new Routine.MaximumIndicator(op.Axes, op.Ties), [node.Args[0], maximaOf(op)]);
}
