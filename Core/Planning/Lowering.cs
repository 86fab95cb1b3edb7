using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

/// <summary>How each operation is lowered; a family's rows stand beside its routines.</summary>
/// <param name="node">The node to lower.</param>
/// <param name="maximaOf">The maxima of the first argument over the same axes, for an indicator to read.</param>
/// <param name="pools">The maxima over tiling windows.</param>
internal sealed partial class Lowering(Expr node, Func<Op.MaximumIndicator, Expr> maximaOf, Pools pools) : IOpCases<Lowered>
{
    private Lowered.ByStep Step(Routine routine) => new(routine, node.Args);
}
