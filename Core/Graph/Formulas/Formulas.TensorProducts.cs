using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// Einstein's summation, as numpy's einsum: "ij,jk->ik" is the matrix product. A label that stands twice in a term is a diagonal, dots
    /// are axes that broadcast, and without an arrow the result has the axes named once, in alphabetical order.
    /// </summary>
    /// <exception cref="ShapeException">The equation is none, or does not fit the operands.</exception>
    public static Expr Einsum(string equation, params ImmutableArray<Expr> operands)
    {
        var subscripts = Subscripts.Of(equation, operands);
        return Definition.Apply("einsum", operands, p => Contraction.Of(subscripts, p),
            Keywords.Of([$"\"{equation}\"", .. operands.Select((_, i) => $"{{{i}}}")]));
    }

    /// <summary>Σ over pairs of axes: those that a has left, then those that b has left.</summary>
    /// <exception cref="ShapeException">The axes are not pairs of equal lengths.</exception>
    public static Expr TensorDot(Expr a, Expr b, IReadOnlyList<int> axesOfA, IReadOnlyList<int> axesOfB)
    {
        var (left, right) = (axesOfA.Select(a.Shape.Axis).ToList(), axesOfB.Select(b.Shape.Axis).ToList());
        if (left.Distinct().Count() < axesOfA.Count || right.Distinct().Count() < axesOfB.Count
            || !left.Select(i => a.Shape[i]).SequenceEqual(right.Select(i => b.Shape[i])))
            throw Refusal.Of("tensordot", [a, b], $"the axes ({string.Join(", ", axesOfA)}) and ({string.Join(", ", axesOfB)}) do not pair equal lengths", Origin.Here());
        var (rows, columns) = (Enumerable.Range(0, a.Rank).Except(left).ToList(), Enumerable.Range(0, b.Rank).Except(right).ToList());
        return Definition.Apply("tensordot", [a, b], p =>
        {
            var inner = left.Aggregate((Dim)1, (n, i) => n * a.Shape[i]);
            var x = p[0].Permute([.. rows, .. left]).Reshape(rows.Aggregate((Dim)1, (n, i) => n * a.Shape[i]), inner);
            var y = p[1].Permute([.. right, .. columns]).Reshape(inner, columns.Aggregate((Dim)1, (n, i) => n * b.Shape[i]));
            return x.MatMul(y).Reshape(new Shape([.. rows.Select(i => a.Shape[i]), .. columns.Select(i => b.Shape[i])]));
        }, $"axes=({Keywords.Tuple(left)}, {Keywords.Tuple(right)})");
    }

    /// <summary>Σ over the last axes of a and the first of b, so many of them.</summary>
    /// <exception cref="ShapeException">There are not so many, or their lengths differ.</exception>
    public static Expr TensorDot(Expr a, Expr b, int axes = 2) => axes >= 0 && axes <= a.Rank && axes <= b.Rank
        ? TensorDot(a, b, [.. Enumerable.Range(a.Rank - axes, axes)], [.. Enumerable.Range(0, axes)])
        : throw Refusal.Of("tensordot", [a, b], $"both must have {axes} axes", Origin.Here());

    /// <summary>y[i, j] = a[i] b[j], all axes of each being taken as one.</summary>
    public static Expr Outer(Expr a, Expr b) =>
        Definition.Apply("outer", [a, b], p => p[0].Reshape(a.Shape.Size, 1) * p[1].Reshape(1, b.Shape.Size), "");

    /// <summary>Σ over the last axis of both; of a scalar the product.</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    public static Expr Inner(Expr a, Expr b) => a.Rank == 0 || b.Rank == 0 ? a * b : TensorDot(a, b, [-1], [-1]);

    /// <summary>numpy's dot: Σ over the last axis of a and the last but one of b (its only one, of a vector); of a scalar the product.</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    public static Expr Dot(Expr a, Expr b) => a.Rank == 0 || b.Rank == 0 ? a * b : TensorDot(a, b, [-1], [Math.Max(b.Rank - 2, 0)]);

    /// <summary>Σ a b over all elements, in order; the shapes may differ.</summary>
    /// <exception cref="ShapeException">The numbers of elements differ.</exception>
    public static Expr Vdot(Expr a, Expr b) => TensorDot(a.Reshape(a.Shape.Size), b.Reshape(b.Shape.Size), 1);

    /// <summary>Kronecker's product: each element of a times the whole of b, in its place.</summary>
    public static Expr Kron(Expr a, Expr b) => Definition.Apply("kron", [a, b], p =>
    {
        var rank = Math.Max(a.Rank, b.Rank);
        Dim[] Aligned(Expr x) => [.. Enumerable.Repeat((Dim)1, rank - x.Rank), .. x.Shape];
        var (outer, inner) = (Aligned(a), Aligned(b));
        var product = p[0].Reshape(new Shape([.. outer.SelectMany<Dim, Dim>(d => [d, 1])])) * p[1].Reshape(new Shape([.. inner.SelectMany<Dim, Dim>(d => [1, d])]));
        return product.Reshape(new Shape([.. outer.Zip(inner, (m, n) => m * n)]));
    }, "");

    /// <summary>A matrix product for each index of the first axis: (b, m, k) (b, k, n) → (b, m, n), without broadcasting.</summary>
    /// <exception cref="ShapeException">The operands do not have three axes, or their lengths do not fit.</exception>
    public static Expr BatchMatMul(Expr a, Expr b) => a.Rank == 3 && b.Rank == 3 && a.Shape[0] == b.Shape[0]
        ? a.MatMul(b)
        : throw Refusal.Of("bmm", [a, b], "both must have three axes, the first of one length", Origin.Here());
}
