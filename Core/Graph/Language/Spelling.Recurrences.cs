namespace AutoDiffAE.Graph.Language;

internal sealed partial class Spelling
{
    public Spelled Cumulate(Op.Cumulate op) => Call("cumulate", $"axis={op.Axis}", op.Reverse ? "reverse=true" : "");

    public Spelled RunningMaximum(Op.RunningMaximum op) => Call("cummax", $"axis={op.Axis}");

    public Spelled Product(Op.Product op) => Call("prod", $"axis={Axes(op.Axes)}");
}
