using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

internal sealed partial class Lowering
{
    public Lowered StopGradient(Op.StopGradient op) => new Lowered.Replaced("its argument");

    public Lowered After(Op.After op) => new Lowered.View();

    public Lowered Call(Op.Call op) => new Lowered.Replaced("the definition's body");
}
