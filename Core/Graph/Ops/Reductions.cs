using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>The sum over axes, which are dropped.</summary>
    public sealed record Sum(Axes Axes) : Op
    {
        public override string Name => "sum";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Sum(this);
    }

    /// <summary>The product over axes, which are dropped; of nothing it is 1.</summary>
    public sealed record Product(Axes Axes) : Op
    {
        public override string Name => "prod";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Product(this);
    }

    /// <summary>The maximum over axes, which are dropped. The rule says how ties share its cotangent.</summary>
    public sealed record Maximum(Axes Axes, TieRule Ties) : Op
    {
        public override string Name => "max";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Maximum(this);
    }

    /// <summary>∂max/∂x: a weight for each element of x, not 0 where it is the maximum of its group over the axes.</summary>
    public sealed record MaximumIndicator(Axes Axes, TieRule Ties) : Op
    {
        public override string Name => "max_indicator";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.MaximumIndicator(this);
    }
}

public partial interface IOpCases<out R>
{
    R Sum(Op.Sum op);
    R Product(Op.Product op);
    R Maximum(Op.Maximum op);
    R MaximumIndicator(Op.MaximumIndicator op);
}

internal sealed partial class ShapeRule
{
    public Shape Sum(Op.Sum op) => Reduced(op.Axes);

    public Shape Product(Op.Product op) => Reduced(op.Axes);

    public Shape Maximum(Op.Maximum op)
    {
        Require(op.Axes.All(a => Arg()[a].AtLeast(1) == true), "the maximum over an axis of length 0 does not exist");
        return Reduced(op.Axes);
    }

    private Shape Reduced(Axes axes)
    {
        RequireArity(1);
        Require(axes.SequenceEqual(Axes.Normalized(Arg(), axes)), "axes must be counted from the front and ascend");
        return Arg().Without(axes);
    }

    public Shape MaximumIndicator(Op.MaximumIndicator op)
    {
        _ = Reduced(op.Axes);
        return Arg();
    }
}
