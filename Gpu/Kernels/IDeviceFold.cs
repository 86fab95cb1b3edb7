using AutoDiffAE.Scalars;

namespace AutoDiffAE.Gpu;

/// <summary>How two parts of a reduction become one.</summary>
public interface IDeviceFold
{
    static abstract V Of<V>(V a, V b) where V : IReal<V>;

    /// <summary>What leaves every number as it is: -0 for a sum, 0 would not.</summary>
    static abstract double Identity { get; }
}

public readonly struct DeviceSum : IDeviceFold
{
    public static V Of<V>(V a, V b) where V : IReal<V> => a + b;
    public static double Identity => -0.0;
}

public readonly struct DeviceProduct : IDeviceFold
{
    public static V Of<V>(V a, V b) where V : IReal<V> => a * b;
    public static double Identity => 1;
}

public readonly struct DeviceMaximum : IDeviceFold
{
    public static V Of<V>(V a, V b) where V : IReal<V> => V.Max(a, b);
    public static double Identity => double.NegativeInfinity;
}
