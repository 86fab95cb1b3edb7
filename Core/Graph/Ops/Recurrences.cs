using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>
    /// The linear recurrence of a and b along an axis: y₀ = b₀, yₖ = aₖ yₖ₋₁ + bₖ. The first a is not read, so y₋₁ = 0 holds even where it is
    /// infinite. Reversed, the recurrence runs from the end.
    /// </summary>
    public sealed record Cumulate(int Axis, bool Reverse) : Op
    {
        public override string Name => "cumulate";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Cumulate(this);
    }

    /// <summary>yₖ = max(x₀, …, xₖ) along an axis; NaN from the first NaN on.</summary>
    public sealed record RunningMaximum(int Axis) : Op
    {
        public override string Name => "cummax";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.RunningMaximum(this);
    }
}

public partial interface IOpCases<out R>
{
    R Cumulate(Op.Cumulate op);
    R RunningMaximum(Op.RunningMaximum op);
}

internal sealed partial class ShapeRule
{
    public Shape Cumulate(Op.Cumulate op)
    {
        RequireArity(2);
        Require(Arg(0) == Arg(1), "factors and terms must have one shape");
        RequireAxis(op.Axis, Arg());
        return Arg();
    }

    public Shape RunningMaximum(Op.RunningMaximum op)
    {
        RequireArity(1);
        RequireAxis(op.Axis, Arg());
        return Arg();
    }
}
