using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>The identity, through which no gradient flows: theano's consider_constant.</summary>
    public sealed record StopGradient : Op
    {
        public override string Name => "stop_gradient";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.StopGradient(this);
    }

    /// <summary>
    /// The first argument, computed after the others: what reads it cannot run, nor be merged with what reads the argument itself, before
    /// they are there. So a value can be computed again late in place of being kept.
    /// </summary>
    public sealed record After : Op
    {
        public override string Name => "after";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.After(this);
    }

    /// <summary>A definition kept whole until planning, so that it can be named, read and folded away.</summary>
    public sealed record Call(Definition Definition) : Op
    {
        public override string Name => Definition.Name;
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Call(this);
    }
}

public partial interface IOpCases<out R>
{
    R StopGradient(Op.StopGradient op);
    R After(Op.After op);
    R Call(Op.Call op);
}

internal sealed partial class ShapeRule
{
    public Shape StopGradient(Op.StopGradient op)
    {
        RequireArity(1);
        return Arg();
    }

    public Shape After(Op.After op)
    {
        Require(args.Length > 1, "takes a value and at least one other to wait for");
        return Arg();
    }

    public Shape Call(Op.Call op)
    {
        var parameters = op.Definition.Parameters;
        RequireArity(parameters.Length);
        Require(parameters.Zip(args).All(p => p.First.Shape == p.Second.Shape),
            $"takes {string.Join(", ", parameters.Select(p => $"{Printer.Short(p)} {p.Shape}"))}");
        return op.Definition.Body.Shape;
    }
}
