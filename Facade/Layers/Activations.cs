using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>The activations that can be asked for by name, in a saved description or on a command line.</summary>
public static class Activations
{
    private static readonly Dictionary<string, Func<Expr, Expr>> Known = new()
    {
        ["linear"] = x => x,
        ["relu"] = Formulas.Relu,
        ["tanh"] = Formulas.Tanh,
        ["sigmoid"] = Formulas.Sigmoid,
        ["softplus"] = Formulas.Softplus,
    };

    public static IEnumerable<string> Names => Known.Keys;

    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static Func<Expr, Expr> Named(string name) => Known.TryGetValue(name, out var activation)
        ? activation
        : throw new ArgumentException($"there is no activation {name}, there are {string.Join(", ", Names)}");
}
