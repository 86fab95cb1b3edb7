using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>
/// The matrix products and convolutions that only one fused group reads, element by element: their elements go through the group's body while
/// they are in the cache, and are not stored. The product may be seen in another shape, of which some last axes are its columns; of a
/// convolution the columns are all that belongs to one image.
/// </summary>
internal sealed class Epilogues
{
    /// <summary>Along shorter rows the body would be called too often.</summary>
    private const int ShortestRow = 32;

    /// <summary>Of so many arrays as large as the product a pass of its own makes better use of memory: an update of a weight reads and writes four.</summary>
    private const int MostWhole = 3;

    private readonly Dictionary<Expr, Epilogue> _byGroup = [];
    private readonly HashSet<Expr> _absorbed = [];
    private readonly Func<Expr, Lowered> _lower;
    private readonly Fusion _fusion;
    private readonly IReadOnlySet<Expr> _roots;

    public Epilogues(Fusion fusion, Func<Expr, Lowered> lower, IReadOnlySet<Expr> roots)
    {
        (_fusion, _lower, _roots) = (fusion, lower, roots);
        var passes = fusion.Groups.Select(group => (Group: group, Lowered: fusion.Lower(group))).ToList();
        // What is made again from a value reads it too.
        var shared = passes.SelectMany(p => p.Lowered.Reads).GroupBy(r => r)
            .Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
        foreach (var (group, (pass, reads)) in passes)
        {
            if (pass is not Routine.Elementwise) continue;
            if (reads.Where(r => !shared.Contains(r)).Select(r => Serving(r, group, reads)).FirstOrDefault(e => e is not null) is not { } epilogue) continue;
            _byGroup[group[^1]] = epilogue;
            _absorbed.UnionWith([epilogue.Product, epilogue.Read]);
        }
    }

    /// <summary>The product whose elements a group's body is applied to.</summary>
    public Epilogue? Of(ImmutableArray<Expr> group) => _byGroup.GetValueOrDefault(group[^1]);

    /// <summary>Whether a node is computed within a group's step.</summary>
    public bool Absorbs(Expr node) => _absorbed.Contains(node);

    /// <summary>Larger images do not stay in the cache, and a pass of its own, which a reduction may join, is as good.</summary>
    private const int LargestImage = 1 << 14;

    /// <summary>Whether this is a convolution's leg that a body may follow.</summary>
    public static bool IsFollowed(Lowered lowered) =>
        lowered is Lowered.ByStep { Routine: Routine.Convolution { Open: not Leg.Kernel }, Reads: [var source, _] } && IsSmall(source.Shape);

    private static bool IsSmall(Shape shape) => new Shape(shape.Dims[1..]).Size.Value is <= LargestImage;

    private Epilogue? Serving(Expr read, ImmutableArray<Expr> group, ImmutableArray<Expr> reads)
    {
        var members = group.ToHashSet();
        var product = _lower(read) is Lowered.View && read.Args.Length == 1 ? read.Args[0] : read;
        return _lower(product) is Lowered.ByStep step && Columns(product, step) is { } columns
            && read.Shape == group[^1].Shape
            && !_roots.Contains(product) && !_roots.Contains(read)
            && _fusion.Users(read).All(members.Contains)
            && (product == read || _fusion.Users(product).All(u => u == read))
            && FirstColumnAxis(read.Shape, columns) is { } axis
            && reads.Count(r => r != read && r.Shape == read.Shape) + _fusion.Results(group).Length <= MostWhole
            && reads.All(r => r == read || IsAlong(r.Shape, read.Shape, axis))
                ? new(product, read, step.Routine, step.Reads) : null;
    }

    private static Dim? Columns(Expr product, Lowered.ByStep step) => step.Routine switch
    {
        Routine.Product when product.Shape[product.Rank - 1] is var columns && columns.Value is not < ShortestRow => columns,
        Routine.Convolution when IsFollowed(step) && IsSmall(product.Shape) => new Shape(product.Shape.Dims[1..]).Size,
        _ => null,
    };

    /// <summary>The first of the last axes that together are the columns.</summary>
    private static int? FirstColumnAxis(Shape shape, Dim columns)
    {
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
            if (new Shape(shape.Dims[axis..]).Size == columns) return axis;
        return null;
    }

    /// <summary>Whether an operand has a number for each element, for each column, for each row, or one for all.</summary>
    private static bool IsAlong(Shape operand, Shape shape, int axis)
    {
        if (operand == shape) return true;
        var dims = Enumerable.Repeat((Dim)1, shape.Rank - operand.Rank).Concat(operand).ToImmutableArray();
        return dims[..axis].All(d => d == 1) || dims[axis..].All(d => d == 1) && dims[..axis].SequenceEqual(shape.Dims[..axis]);
    }
}

/// <summary>A product whose elements a fused body is applied to.</summary>
/// <param name="Product">The product.</param>
/// <param name="Read">What the body reads: the product, or the product in another shape.</param>
/// <param name="Routine">The product's routine.</param>
/// <param name="Factors">What the routine reads.</param>
internal sealed record Epilogue(Expr Product, Expr Read, Routine Routine, ImmutableArray<Expr> Factors)
{
    /// <summary>The routine, followed by a body.</summary>
    public Routine Followed(Body body) => Routine switch
    {
        Routine.Product product => product with { Epilogue = body },
        Routine.Convolution convolution => convolution with { Epilogue = body, Followed = Product.Shape },
        _ => throw new InvalidOperationException($"{Routine.Summary()} has no epilogue"),
    };
}
