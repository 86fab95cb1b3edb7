using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>A variable of an optimizer's own, a velocity or a rate: it lives in the store, and starts with one value everywhere.</summary>
public sealed record StateVariable(string Name, Expr Variable, double Initial)
{
    public static StateVariable Scalar(string name, double initial) => new(name, Expr.Variable(name), initial);

    public static StateVariable Like(Expr parameter, string name) =>
        new($"{Printer.Short(parameter)}/{name}", Expr.Variable($"{Printer.Short(parameter)}/{name}", parameter.Shape), 0);
}
