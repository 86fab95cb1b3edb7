namespace AutoDiffAE.Graph;

/// <summary>
/// Where an expression comes from: the user's name for it, the scope (a layer's path) and the line that built it. It stands outside
/// equality, and merging and rewriting keep it.
/// </summary>
public sealed record Origin(string? Name, string? Scope, SourceLine? Source)
{
    public static readonly Origin Unknown = new(null, null, null);

    /// <summary>The step of a derivation that built it; null for what is no derivative.</summary>
    public Derived? Derived { get; init; }

    [ThreadStatic]
    private static string? _scope;

    [ThreadStatic]
    private static Derived? _derived;

    [ThreadStatic]
    private static bool _text;

    [ThreadStatic]
    private static SourceLine? _line;

    /// <summary>The origin of an expression built here and now: the current scope, and the first line outside this library.</summary>
    internal static Origin Here() => new(null, _scope, _text ? null : _line ?? SourceLine.OfCaller()) { Derived = _derived };

    /// <summary>Builds within a scope; scopes nest as paths, "encoder/conv1".</summary>
    public static R Within<R>(string scope, Func<R> build)
    {
        var outer = _scope;
        _scope = outer is null ? scope : $"{outer}/{scope}";
        try { return build(); }
        finally { _scope = outer; }
    }

    /// <summary>Builds what a text says: a line of the program that reads it would tell its author nothing.</summary>
    public static R OfText<R>(Func<R> build)
    {
        var outer = _text;
        _text = true;
        try { return build(); }
        finally { _text = outer; }
    }

    /// <summary>
    /// Builds what one call of the library asks for: all of it has the line of that call, which is looked for once. What the user's own code builds
    /// on the way is in <see cref="OfUser"/>.
    /// </summary>
    public static R OfCall<R>(Func<R> build) => _text || _line is not null ? build() : At(SourceLine.OfCaller(), build);

    /// <summary>Builds what code of the user's builds, called by the library: it has lines of its own.</summary>
    public static R OfUser<R>(Func<R> build) => At(null, build);

    /// <summary>Builds what a step of a derivation asks for.</summary>
    public static R Deriving<R>(Derived step, Func<R> build)
    {
        var outer = _derived;
        _derived = step;
        try { return build(); }
        finally { _derived = outer; }
    }

    private static R At<R>(SourceLine? line, Func<R> build)
    {
        var outer = _line;
        _line = line;
        try { return build(); }
        finally { _line = outer; }
    }
}
