using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>A scalar function of each element; all arguments have one shape.</summary>
    public sealed record Map(ScalarFunction Function) : Op
    {
        public override string Name => Function.Name;
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Map(this);
    }
}

public partial interface IOpCases<out R>
{
    R Map(Op.Map op);
}

internal sealed partial class ShapeRule
{
    public Shape Map(Op.Map op)
    {
        RequireArity(op.Function.Arity);
        Require(args.All(a => a.Shape == Arg()), "all arguments must have one shape");
        return Arg();
    }
}
