using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>The arguments of one call by the names of the parameters, read as what the function asks for.</summary>
internal sealed class Arguments
{
    private readonly Builder _builder;
    private readonly ImmutableDictionary<string, Syntax> _given;

    private Arguments(Builder builder, ImmutableDictionary<string, Syntax> given) => (_builder, _given) = (builder, given);

    /// <exception cref="SyntaxException">An argument is missing, unknown or given twice.</exception>
    public static Arguments Of(Builder builder, NamedFunction function, Syntax.Call call)
    {
        var given = ImmutableDictionary.CreateBuilder<string, Syntax>();
        var positional = call.Args.Where(a => a.Keyword is null).Select(a => a.Value).ToList();
        foreach (var parameter in function.Parameters)
        {
            if (parameter.Star)
            {
                given.Add(parameter.Name, positional is [Syntax.Tuple all] ? all : new Syntax.Tuple(call.At, [.. positional]));
                positional.Clear();
            }
            else if (positional.Count > 0)
            {
                given.Add(parameter.Name, positional[0]);
                positional.RemoveAt(0);
            }
        }
        if (positional.Count > 0) throw builder.Refuse(positional[0].At, $"{function} takes fewer arguments");
        foreach (var (keyword, value) in call.Args)
        {
            if (keyword is null) continue;
            if (function.Parameters.All(p => p.Name != keyword)) throw builder.Refuse(value.At, $"{function} has no argument {keyword}");
            if (given.TryGetValue(keyword, out var other) && other is not Syntax.Tuple { Items.Length: 0 }) throw builder.Refuse(value.At, $"{keyword} is given twice");
            given[keyword] = value;
        }
        foreach (var parameter in function.Parameters)
            if (!given.ContainsKey(parameter.Name))
                given.Add(parameter.Name, parameter.Otherwise is { } otherwise ? otherwise with { At = call.At } : throw builder.Refuse(call.At, $"{function} needs {parameter.Name}"));
        return new(builder, given.ToImmutable());
    }

    public Syntax this[string name] => _given[name];

    /// <summary>Whether the function has a parameter of that name.</summary>
    public bool Names(string name) => _given.ContainsKey(name);

    public bool Has(string name) => this[name] is not Syntax.None;

    public Expr Array(string name) => _builder.Of(this[name]);

    /// <summary>An argument that may be left out.</summary>
    public Expr? Optional(string name) => Has(name) ? Array(name) : null;

    public ImmutableArray<Expr> Arrays(string name) => [.. Items(name).Select(_builder.Of)];

    public bool Flag(string name) => this[name] is Syntax.Flag f ? f.Value : throw Refuse(name, "true or false is needed here");

    public int Whole(string name) => Whole(this[name]);

    public int Whole(Syntax syntax) => _builder.Lengths.Number(syntax);

    /// <summary>A number that need not be whole.</summary>
    public double Real(string name) => Numbers(this[name]).ToList() is [var one] ? one : throw Refuse(name, "one number is needed here");

    /// <summary>One number, or a tuple of them.</summary>
    public int[] Wholes(string name) => [.. Items(name).Select(_builder.Lengths.Number)];

    /// <summary>Axes; null stands for all.</summary>
    public int[]? Axes(string name) => Has(name) ? Wholes(name) : null;

    public Dim Length(string name) => _builder.Lengths.Of(this[name]);

    public Dim Length(Syntax syntax) => _builder.Lengths.Of(syntax);

    public Shape Shape(string name) => new([.. Items(name).Select(_builder.Lengths.Of)]);

    /// <summary>A number for each axis; one number stands for all.</summary>
    public int[] Each(string name, int count) => Wholes(name) switch
    {
        [var one] when this[name] is not Syntax.Tuple || count == 1 => [.. Enumerable.Repeat(one, count)],
        var all when all.Length == count => all,
        _ => throw Refuse(name, $"{name} is one number, or {count} of them"),
    };

    public string Text(string name) => this[name] is Syntax.Text t ? t.Value : throw Refuse(name, "a string is needed here");

    public TieRule Ties(string name) => Text(name) switch
    {
        "share" => TieRule.Share,
        "first" => TieRule.First,
        "each" => TieRule.Each,
        _ => throw Refuse(name, "ties are broken by \"share\", \"first\" or \"each\""),
    };

    public Reduction Reduction(string name) => Text(name) switch
    {
        "mean" => Graph.Reduction.Mean,
        "sum" => Graph.Reduction.Sum,
        "none" => Graph.Reduction.None,
        "batchmean" => Graph.Reduction.BatchMean,
        _ => throw Refuse(name, "losses are reduced by \"mean\", \"sum\", \"none\" or \"batchmean\""),
    };

    public ImmutableArray<Syntax> Items(string name) => Items(this[name]);

    public static ImmutableArray<Syntax> Items(Syntax syntax) => syntax is Syntax.Tuple t ? t.Items : [syntax];

    /// <summary>A tuple of exactly so many parts.</summary>
    public ImmutableArray<Syntax> Parts(Syntax syntax, int count) => syntax is Syntax.Tuple { Items: var items } && items.Length == count
        ? items
        : throw _builder.Refuse(syntax.At, $"a tuple of {count} is needed here");

    /// <summary>Numbers in a tuple, nested or not, in order.</summary>
    public IEnumerable<double> Numbers(Syntax syntax) => syntax switch
    {
        Syntax.Tuple t => t.Items.SelectMany(Numbers),
        Syntax.Number n => [n.Value],
        _ => throw _builder.Refuse(syntax.At, $"a number is needed here, not {syntax}"),
    };

    public SyntaxException Refuse(string name, string reason) => _builder.Refuse(this[name].At, reason);
}
