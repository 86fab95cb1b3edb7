namespace AutoDiffAE.Scalars;

/// <summary>A function of three reals, stated once: name, formula and its partial derivatives.</summary>
public interface ITernaryFunction
{
    static abstract string Name { get; }

    static abstract V Apply<V>(V a, V b, V c) where V : IReal<V>;

    /// <summary>(∂y/∂a, ∂y/∂b, ∂y/∂c); y = Apply(a, b, c) is at hand.</summary>
    static abstract (V A, V B, V C) Derivatives<V>(V a, V b, V c, V y) where V : IReal<V>;
}
