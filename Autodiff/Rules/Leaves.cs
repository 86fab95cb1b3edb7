using AutoDiffAE.Graph;

namespace AutoDiffAE;

public partial class Pullbacks
{
    public virtual Pullback Variable(Op.Variable op) => Leaf("variable");

    public virtual Pullback Constant(Op.Constant op) => Leaf("constant");

    public virtual Pullback Literal(Op.Literal op) => Leaf("literal");

    public virtual Pullback SizeOf(Op.SizeOf op) => Leaf("size");

    public virtual Pullback Iota(Op.Iota op) => Leaf("iota");
}

public partial class Pushforwards
{
    public virtual Pushforward Variable(Op.Variable op) => Leaf("variable");

    public virtual Pushforward Constant(Op.Constant op) => Leaf("constant");

    public virtual Pushforward Literal(Op.Literal op) => Leaf("literal");

    public virtual Pushforward SizeOf(Op.SizeOf op) => Leaf("size");

    public virtual Pushforward Iota(Op.Iota op) => Leaf("iota");
}
