using System.Numerics;
using System.Reflection;

namespace AutoDiffAE.Gpu;

/// <summary>A kernel in both of its forms: a thread for each element, and some elements for each thread.</summary>
/// <param name="Name">What it is called in profiles and listings.</param>
/// <param name="Memory">The type of its views.</param>
/// <param name="Tiled">For devices with fast shared memory, a form in groups of threads; null where it has none.</param>
internal sealed record Kernel(string Name, MethodInfo Each, MethodInfo Share, Type Memory, MethodInfo? Tiled = null)
{
    /// <summary>A kernel over at most eight views.</summary>
    /// <param name="open">The generic struct; its first two arguments are the carrier and the number.</param>
    /// <param name="more">What other arguments it has.</param>
    public static Kernel Of<T>(Type open, params Type[] more) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(open.Name.Split('`')[0], open.MakeGenericType([Carrier<T>(), typeof(T), .. more]), typeof(Views8<T>));

    public static Kernel Of(string name, Type closed, Type memory) => new(name,
        typeof(Elements).GetMethod(nameof(Elements.Each))!.MakeGenericMethod(closed, memory), typeof(Elements).GetMethod(nameof(Elements.Share))!.MakeGenericMethod(closed, memory), memory);

    /// <summary>The carrier of a number.</summary>
    /// <exception cref="NotSupportedException">No device has such numbers.</exception>
    public static Type Carrier<T>() => typeof(T) == typeof(float) ? typeof(SingleScalar) : typeof(T) == typeof(double) ? typeof(DoubleScalar)
        : throw new NotSupportedException($"kernels compute in float or double, not in {typeof(T).Name}");
}
