namespace AutoDiffAE.Scalars;

/// <summary>A function of two reals, stated once: name, formula and both partial derivatives.</summary>
public interface IBinaryFunction
{
    static abstract string Name { get; }

    static abstract V Apply<V>(V a, V b) where V : IReal<V>;

    /// <summary>(∂y/∂a, ∂y/∂b); y = Apply(a, b) is at hand.</summary>
    static abstract (V A, V B) Derivatives<V>(V a, V b, V y) where V : IReal<V>;

    static virtual (Interval A, Interval B) Domain => (Interval.Real, Interval.Real);

    /// <summary>Whether the function has a kink or a jump where a = b.</summary>
    static virtual bool KinkOnDiagonal => false;
}
