using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>A gradient was asked for with respect to something that the cost does not depend on.</summary>
public sealed class DisconnectedException(Expr cost, Expr wrt) : ArgumentException(
    $"the cost {Printer.Short(cost)} does not depend on {Printer.Short(wrt)} {wrt.Shape}: it has no gradient there. "
    + "Was it built from another variable of the same name, or through stop_gradient or an index?");
