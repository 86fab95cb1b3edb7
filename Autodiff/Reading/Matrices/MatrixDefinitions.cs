using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using static AutoDiffAE.Reading.MatrixAlgebra;

namespace AutoDiffAE.Reading;

/// <summary>
/// A graph in which each function of a square matrix is a letter: inverses, determinants and traces are not spelled out by their factors while the rest is
/// simplified. Substitutions with the factors of a matrix, which pullbacks make, are read as products with its inverse.
/// </summary>
internal sealed class MatrixDefinitions
{
    private static readonly CompileOptions Readable = CompileOptions.Default with { Specialize = false };

    private readonly List<(Expr Letter, ImmutableArray<Expr> Args, Func<ImmutableArray<MatrixTerm>, MatrixTerm> Term)> _letters = [];

    // (2): the sign of the determinant and the logarithm of its size.
    private readonly Dictionary<Expr, Expr> _determinants = [];

    /// <summary>The term that an expression is; null where it is none of matrices.</summary>
    public static MatrixTerm? Read(Expr root, IReadOnlySet<Expr> symmetric) => Origin.OfText(() => new MatrixDefinitions().Of(root, symmetric));

    private MatrixTerm? Of(Expr root, IReadOnlySet<Expr> symmetric)
    {
        var lettered = Traversal.Rebuild([Expanded(root)], (node, args) => Letter(node.With(args)))[0];
        var simple = Rewriter.Rewrite([lettered, .. _letters.SelectMany(l => l.Args)], Readable).Roots;
        var (terms, next) = (new Dictionary<Expr, MatrixTerm>(), 1);
        var reading = new MatrixReading(terms, _determinants.Keys.ToHashSet(), symmetric);
        foreach (var (letter, args, term) in _letters)
        {
            ImmutableArray<MatrixTerm?> read = [.. args.Select(_ => reading.Of(simple[next++]))];
            if (read.Contains(null)) return null;
            terms[letter] = term(read!);
        }
        return reading.Of(simple[0]) is { } result ? LongestFirst(result) : null;
    }

    /// <summary>Pullbacks of definitions, and functions of the user's, are what they say; the language's own stay.</summary>
    private static Expr Expanded(Expr root) => Traversal.Rebuild([root], (node, args) => node.Op is Op.Call { Definition: { Options: null } d } ? Expanded(d.Expand(args)) : node.With(args))[0];

    private Expr Letter(Expr e) => e.Op switch
    {
        Op.Call { Definition: var d } when e.Rank <= 2 && e.Args.All(a => a.Rank <= 2) => Called(e, d) ?? e,
        Op.ScatterAdd when e.Rank == 2 && Substitution(e) is var (a, b) => New(e, [a, b], t => Times(Transposed(Inverted(t[0], solved: true)), t[1])),
        Op.Slice { Ranges: [{ Start: var at }] } when _determinants.TryGetValue(e.Args[0], out var a) && e.Shape[0].Is(1) && at.Value is 0 or 1 =>
            New(e, [a], t => OfDeterminant(at.Is(0) ? MatrixFunction.DeterminantSign : MatrixFunction.LogDeterminant, t[0])),
        _ => e,
    };

    private Expr? Called(Expr e, Definition d) => d.Name switch
    {
        "inv" when Factors(d) => New(e, e.Args, t => Inverted(t[0])),
        "solve" when Factors(d) => New(e, e.Args, t => Times(Inverted(t[0], solved: true), t[1])),
        "det" when Factors(d) => New(e, e.Args, t => Determinant(t[0])),
        "slogdet" when Factors(d) => Pair(e),
        "trace" when d.Options == "0, 0, 1" && e.Args[0] is { Shape.Dims: [var n, var m] } && n == m => New(e, e.Args, t => Trace(t[0])),
        "eye" when e.Shape.Dims is [var n, var m] && n == m && d.Options == $"{n}" => New(e, [], _ => Unit(n)),
        "diag" when d.Options == "0" && e.Args[0].Rank == 1 => New(e, e.Args, t => OnDiagonal(t[0])),
        _ => null,
    };

    private static bool Factors(Definition d) => Traversal.Topological([d.Body]).Any(e => e.Op is Op.Lu);

    private Expr New(Expr e, ImmutableArray<Expr> args, Func<ImmutableArray<MatrixTerm>, MatrixTerm> term)
    {
        var letter = Expr.Variable($"letter{_letters.Count}", e.Shape);
        _letters.Add((letter, args, term));
        return letter;
    }

    private Expr Pair(Expr e)
    {
        var pair = Expr.Variable("determinant", e.Shape);
        _determinants[pair] = e.Args[0];
        return pair;
    }

    /// <summary>X of Aᵀ X = Uᵀ Lᵀ P X = B.</summary>
    private static (Expr A, Expr B)? Substitution(Expr e) =>
        e.Args[1] is { Op: Op.TriangularSolve { Lower: true, Transposed: true, Unit: true }, Args: [var l, var inner] }
        && inner is { Op: Op.TriangularSolve { Lower: false, Transposed: true, Unit: false }, Args: [var u, var b] }
        && l == u && l is { Op: Op.Slice, Args: [{ Op: Op.Lu, Args: [var a] } lu] }
        && e.Args[0] is { Op: Op.Reshape, Args: [{ Op: Op.Slice, Args: [var pivots] }] } && pivots == lu ? (a, b) : null;
}
