using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Random graphs of one operation: inputs with values, and the operation applied to them.</summary>
/// <param name="Case">The nested record of <see cref="Op"/> that it is for.</param>
public sealed record Sampler(string Name, Type Case, Linearity Linearity, Func<Draw, Expr> Build)
{
    /// <summary>One of several definitions, drawn anew for each case.</summary>
    public static Sampler Any(string name, Linearity linearity, params Func<Draw, Expr>[] builds) =>
        new(name, typeof(Op.Call), linearity, d => d.Pick(builds)(d));
}
