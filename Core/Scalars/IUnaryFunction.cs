namespace AutoDiffAE.Scalars;

/// <summary>A function of the reals, stated once: name, formula and derivative. A struct that implements this is a complete op.</summary>
public interface IUnaryFunction
{
    static abstract string Name { get; }

    static abstract V Apply<V>(V x) where V : IReal<V>;

    /// <summary>dy/dx; y = Apply(x) is at hand, since many derivatives are shorter in the answer.</summary>
    static abstract V Derivative<V>(V x, V y) where V : IReal<V>;

    /// <summary>Where the function is defined and smooth: messages name it, and generators of test values keep to it.</summary>
    static virtual Interval Domain => Interval.Real;

    /// <summary>Points at which the function has a kink or a jump, so that finite differences mean nothing close to them.</summary>
    static virtual ReadOnlySpan<double> Kinks => [];
}
