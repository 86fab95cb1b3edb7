using System.Collections.Immutable;
using System.Reflection;

namespace AutoDiffAE.Scalars;

/// <summary>The library's scalar functions, found by reflection: a struct is all that one needs to be among them.</summary>
public static class ScalarFunctions
{
    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<ScalarFunction> All { get; } =
        [.. typeof(ScalarFunctions).Assembly.GetTypes().Select(Of).OfType<ScalarFunction>().OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>The function that a struct states; null for other types.</summary>
    public static ScalarFunction? Of(Type type) => !type.IsValueType ? null
        : typeof(IUnaryFunction).IsAssignableFrom(type) ? Instance(type, nameof(ScalarFunction.Unary))
        : typeof(IBinaryFunction).IsAssignableFrom(type) ? Instance(type, nameof(ScalarFunction.Binary))
        : typeof(ITernaryFunction).IsAssignableFrom(type) ? Instance(type, nameof(ScalarFunction.Ternary))
        : null;

    private static ScalarFunction Instance(Type type, string factory) =>
        (ScalarFunction)typeof(ScalarFunction).GetMethod(factory, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;
}
