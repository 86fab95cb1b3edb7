namespace AutoDiffAE.Graph;

/// <summary>A table with a row for every structural operation: shape rules, pullbacks, lowerings. A missing row does not build.</summary>
public interface IOpCases<out R>
{
    R Variable(Op.Variable op);
    R Constant(Op.Constant op);
    R Literal(Op.Literal op);
    R SizeOf(Op.SizeOf op);
    R Map(Op.Map op);
    R Sum(Op.Sum op);
    R Maximum(Op.Maximum op);
    R MaximumIndicator(Op.MaximumIndicator op);
    R MatMul(Op.MatMul op);
    R Convolution(Op.Convolution op);
    R Reshape(Op.Reshape op);
    R Permute(Op.Permute op);
    R BroadcastTo(Op.BroadcastTo op);
    R Slice(Op.Slice op);
    R Pad(Op.Pad op);
    R Concatenate(Op.Concatenate op);
    R StopGradient(Op.StopGradient op);
    R Call(Op.Call op);
}
