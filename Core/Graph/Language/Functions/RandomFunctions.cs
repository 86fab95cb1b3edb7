using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Random numbers by key.</summary>
internal static class RandomFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("uniform(shape, key=0, step=0)", a => Formulas.Uniform(KeyOf(a), a.Shape("shape"), a.Array("step"))),
        Of("normal(shape, key=0, step=0)", a => Formulas.Normal(KeyOf(a), a.Shape("shape"), a.Array("step"))),
        Of("bernoulli(p, key=0, step=0)", a => a.Array("p").Bernoulli(KeyOf(a), a.Array("step"))),
        Of("permutation(length, key=0, step=0)", a => Formulas.Permutation(KeyOf(a), a.Length("length"), a.Array("step"))),
        Of("dropout(x, p=0.5, key=0, step=0)", a => a.Array("x").Dropout(a.Numbers(a["p"]).Single(), KeyOf(a), a.Array("step"))),
    ];

    private static Key KeyOf(Arguments a) => a["key"] switch
    {
        Syntax.Number { Value: >= 0 and <= 9007199254740992 and var value } when double.IsInteger(value) => new((ulong)value),
        Syntax.Text { Value: var digits } when ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key) => new(key),
        _ => throw a.Refuse("key", "a key is a whole number, or up to 16 hexadecimal digits in quotes"),
    };
}
