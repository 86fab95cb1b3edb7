using System.Collections.Immutable;
using System.Reflection;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Graph.Language;

/// <summary>The functions that a text may call, by name: the library's own, and those that a user adds.</summary>
public sealed class Vocabulary
{
    private readonly ImmutableDictionary<string, NamedFunction> _functions;

    private Vocabulary(ImmutableDictionary<string, NamedFunction> functions) => _functions = functions;

    /// <summary>Every scalar function of the library, found by reflection, and the table of the others.</summary>
    public static Vocabulary Standard { get; } = new(Scalars().Concat(NamedFunctions.All)
        .Aggregate(ImmutableDictionary.Create<string, NamedFunction>(StringComparer.Ordinal), (all, f) => all.SetItem(f.Name, f)));

    /// <summary>The same with a function of arrays, called with as many as <paramref name="arity"/> says.</summary>
    public Vocabulary With(string name, int arity, Func<ImmutableArray<Expr>, Expr> function) =>
        new(_functions.SetItem(name, NamedFunction.OfArrays(name, arity, function)));

    /// <summary>The same with a scalar function of the user's own.</summary>
    public Vocabulary With(ScalarFunction function) => new(_functions.SetItem(function.Name, Elementwise(function)));

    public bool Contains(string name) => _functions.ContainsKey(name);

    public IEnumerable<string> Names => _functions.Keys.Order(StringComparer.Ordinal);

    internal NamedFunction? Find(string name) => _functions.GetValueOrDefault(name);

    private static NamedFunction Elementwise(ScalarFunction f) => NamedFunction.OfArrays(f.Name, f.Arity, args => Expr.Map(f, args));

    private static IEnumerable<(Type Interface, string Factory)> Kinds =>
    [
        (typeof(IUnaryFunction), nameof(ScalarFunction.Unary)),
        (typeof(IBinaryFunction), nameof(ScalarFunction.Binary)),
        (typeof(ITernaryFunction), nameof(ScalarFunction.Ternary)),
    ];

    private static IEnumerable<NamedFunction> Scalars() =>
        from type in typeof(Op).Assembly.GetTypes()
        where type.IsValueType
        from kind in Kinds
        where kind.Interface.IsAssignableFrom(type)
        select Elementwise((ScalarFunction)typeof(ScalarFunction).GetMethod(kind.Factory, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!);
}
