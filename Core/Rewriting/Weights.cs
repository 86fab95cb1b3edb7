using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>What operations weigh in <see cref="Measure"/>: roughly what they cost, and at least 1.</summary>
internal static class Weights
{
    public static int Of(Op op) => op switch
    {
        Op.Map map => Of(map.Function.Name),
        Op.BroadcastTo or Op.Reshape => 1,
        Op.Literal or Op.Variable or Op.Constant => 1,
        Op.SizeOf or Op.Iota or Op.Permute or Op.Slice or Op.Pad => 2,
        Op.Concatenate or Op.Windows => 3,
        Op.MatMul => 6,
        // One that is over fewer axes costs less.
        Op.Sum sum => 4 + 10 * sum.Axes.Count,
        Op.Call => 4,
        _ => 10,
    };

    private static int Of(string function) => function switch
    {
        "neg" => 2,
        "add" or "sub" or "mul" or "square" or "abs" or "relu" or "maximum" or "minimum" or "floor" => 4,
        "chain" or "div" => 6,
        "logsigmoid" or "pow" => 12,
        _ => 10,
    };

    /// <summary>By what the weight of an argument is multiplied: a power may become a product in which its base stands twice.</summary>
    public static int Coefficient(Op op, int argument) => argument == 0 && op is Op.Map { Function.Name: "pow" } ? 4 : 1;

    /// <summary>Of two expressions of equal weight the one is less that reduces later, computes later and moves data first.</summary>
    public static int Rank(Op op) => op switch
    {
        Op.Sum or Op.Product => 6,
        Op.Map { Function.Name: "neg" } => 4,
        Op.Map => 5,
        Op.Permute => 3,
        Op.Slice or Op.Pad => 2,
        Op.Reshape => 1,
        _ => 0,
    };
}
