using System.Collections.Immutable;

namespace AutoDiffAE.Graph.Language;

/// <summary>A function that a text calls by name: parameters with the texts of their defaults, and what it builds.</summary>
internal sealed record NamedFunction(string Name, ImmutableArray<NamedFunction.Parameter> Parameters, Func<Arguments, Expr> Build)
{
    /// <summary>A parameter; one with a star takes all arguments that have no keyword.</summary>
    internal sealed record Parameter(string Name, bool Star, Syntax? Otherwise);

    /// <summary>From a signature such as <c>sum(x, axis=none, keepdims=false)</c>.</summary>
    public static NamedFunction Of(string signature, Func<Arguments, Expr> build)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        return new(signature[..open], [.. signature[(open + 1)..^1].Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Declared)], build);
    }

    public static NamedFunction OfArrays(string name, int arity, Func<ImmutableArray<Expr>, Expr> build)
    {
        ImmutableArray<string> names = arity == 1 ? ["x"] : [.. Enumerable.Range(0, arity).Select(i => ((char)('a' + i)).ToString())];
        return new(name, [.. names.Select(n => new Parameter(n, false, null))], args => build([.. names.Select(args.Array)]));
    }

    private static Parameter Declared(string text)
    {
        var parts = text.Split('=', 2);
        return new(parts[0].TrimStart('*'), parts[0][0] == '*', parts.Length == 2 ? Grammar.Read(parts[1]).Result : null);
    }

    public override string ToString() => $"{Name}({string.Join(", ", Parameters.Select(p => $"{(p.Star ? "*" : "")}{p.Name}{(p.Otherwise is { } o ? $"={o}" : "")}"))})";
}
