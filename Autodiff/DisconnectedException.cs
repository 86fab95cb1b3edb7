using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>A derivative was asked for with respect to something that the expressions do not depend on.</summary>
public sealed class DisconnectedException : ArgumentException
{
    internal DisconnectedException(IEnumerable<Expr> costs, Expr wrt) : base(
        $"the cost {string.Join(" and ", costs.Select(Printer.Short))} does not depend on {Printer.Short(wrt)} {wrt.Shape}: it has no gradient there. "
        + "Was it built from another variable of the same name, or through stop_gradient or an index?")
    {
    }

    internal DisconnectedException(Expr output, IEnumerable<Expr> along) : base(
        $"{Printer.Short(output)} {output.Shape} does not depend on {string.Join(" or ", along.Select(x => $"{Printer.Short(x)} {x.Shape}"))}: "
        + "it has no tangent. Was it built from another variable of the same name, or through stop_gradient or an index?")
    {
    }
}
