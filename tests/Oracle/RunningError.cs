using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

/// <summary>
/// A running error analysis (Wilkinson; N. Higham, Accuracy and Stability of Numerical Algorithms, 3.3): for each element of a node's value a bound
/// on how far a float64 computation of it may be from the exact one, from the bounds of its arguments. It is first order in the unit roundoff u;
/// where an error may carry a value over a jump the bound is ∞. The rules:
/// a number that is no integer is off by 8u of itself, as folding may have made it;
/// a movement moves errors;
/// a sum of products, p(x) with coefficients 0 or 1, is off by p(|x| + e) - p(|x|), and by n u p(|x| + e) for its n terms, in whatever order;
/// a scalar function is off by what it changes between the corners of [x - e, x + e], and by 8u of its value;
/// a factorization is off by its derivatives, times the errors of the matrix and the backward error n u |A|.
/// </summary>
internal sealed class RunningError(Expr node, Tensor<double>[] x, Tensor<double>[] e, Tensor<double> y, IReadOnlyDictionary<string, long> sizes)
    : IOpCases<Tensor<double>>
{
    private const double Unit = 1.0 / (1L << 53), Step = 1e-6;

    /// <summary>The value and the bound of every node.</summary>
    public static IReadOnlyDictionary<Expr, (Tensor<double> Value, Tensor<double> Error)> Of(
        IEnumerable<Expr> outputs, IEnumerable<(Expr Variable, Tensor<double> Value)> inputs)
    {
        ImmutableArray<Expr> order = Traversal.Topological(outputs);
        var given = inputs.ToList();
        var (values, sizes) = (Oracle.EvaluateAll(order, given), Oracle.SizesOf(given));
        var found = new Dictionary<Expr, (Tensor<double> Value, Tensor<double> Error)>(ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            var args = node.Args.Select(a => found[a]).ToArray();
            var error = node.Op.Match(new RunningError(node, [.. args.Select(a => a.Value)], [.. args.Select(a => a.Error)], values[node], sizes));
            found[node] = (values[node], Each(v => double.IsNaN(v) ? double.PositiveInfinity : v, error));
        }
        return found;
    }

    private static Tensor<double> Each(Func<double, double> f, Tensor<double> a) => Tensor<double>.Of(a.Span.ToArray().Select(f), a.Sizes);

    private static Tensor<double> Each(Func<double, double, double> f, Tensor<double> a, Tensor<double> b) =>
        Tensor<double>.Of(a.Span.ToArray().Zip(b.Span.ToArray(), f), a.Sizes);

    private static Tensor<double> Size(Tensor<double> a) => Each(Math.Abs, a);

    private Tensor<double> All(double error) => Each(_ => error, y);

    private Tensor<double> Again(params Tensor<double>[] args) => node.Op.Match(new Interpreter(node, args, sizes));

    private double Terms => Unit * (2 + x.Max(a => a.Length));

    private Tensor<double> Exact() => All(0);

    private Tensor<double> Number() => Each(v => double.IsInteger(v) ? 0 : 8 * Unit * Math.Abs(v), y);

    private Tensor<double> Moved() => Again(e);

    private Tensor<double> Polynomial()
    {
        var (low, high) = (Again([.. x.Select(Size)]), Again([.. x.Zip(e, (a, b) => Each((v, w) => Math.Abs(v) + w, a, b))]));
        return Each((l, h) => h - l + 2 * Terms * h, low, high);
    }

    public Tensor<double> Variable(Op.Variable op) => Exact();
    public Tensor<double> Constant(Op.Constant op) => Number();
    public Tensor<double> Literal(Op.Literal op) => Number();
    public Tensor<double> SizeOf(Op.SizeOf op) => Exact();
    public Tensor<double> Iota(Op.Iota op) => Exact();
    public Tensor<double> StopGradient(Op.StopGradient op) => e[0];
    public Tensor<double> After(Op.After op) => e[0];
    public Tensor<double> Call(Op.Call op) => throw new InvalidOperationException("definitions are spelled out first");
    public Tensor<double> Reshape(Op.Reshape op) => Moved();
    public Tensor<double> Permute(Op.Permute op) => Moved();
    public Tensor<double> BroadcastTo(Op.BroadcastTo op) => Moved();
    public Tensor<double> Slice(Op.Slice op) => Moved();
    public Tensor<double> Pad(Op.Pad op) => Moved();
    public Tensor<double> Concatenate(Op.Concatenate op) => Moved();
    public Tensor<double> Windows(Op.Windows op) => Moved();
    public Tensor<double> Maximum(Op.Maximum op) => Moved();
    public Tensor<double> RunningMaximum(Op.RunningMaximum op) => Moved();
    public Tensor<double> FoldWindows(Op.FoldWindows op) => Sums(Again(e), Again(Size(x[0])));
    public Tensor<double> Sum(Op.Sum op) => Sums(Again(e), Again(Size(x[0])));
    public Tensor<double> MatMul(Op.MatMul op) => Polynomial();
    public Tensor<double> Convolution(Op.Convolution op) => Polynomial();
    public Tensor<double> Product(Op.Product op) => Polynomial();
    public Tensor<double> Cumulate(Op.Cumulate op) => Polynomial();

    private Tensor<double> Sums(Tensor<double> errors, Tensor<double> size) => Each((d, s) => d + Terms * (s + d), errors, size);

    /// <summary>An index is a whole number, so an error of less than a half is none.</summary>
    private bool IsSure(int index) => e[index].Span.ToArray().All(d => d < 0.5);

    public Tensor<double> Gather(Op.Gather op) => IsSure(1) ? Again(e[0], x[1]) : All(double.PositiveInfinity);

    public Tensor<double> ScatterAdd(Op.ScatterAdd op) => IsSure(0) ? Sums(Again(x[0], e[1]), Again(x[0], Size(x[1]))) : All(double.PositiveInfinity);

    public Tensor<double> Uniform(Op.Uniform op) => e[0].Value == 0 ? Exact() : All(double.PositiveInfinity);

    public Tensor<double> ArgSort(Op.ArgSort op) => Decided([op.Axis], anyPair: true) ? Exact() : All(double.PositiveInfinity);

    public Tensor<double> MaximumIndicator(Op.MaximumIndicator op) => Decided([.. op.Axes], anyPair: false) ? Number() : All(double.PositiveInfinity);

    /// <summary>Whether no errors can exchange two elements along the axes: any two, or the largest and another.</summary>
    private bool Decided(int[] axes, bool anyPair) => Positions.All(x[0].Sizes.ToArray())
        .Select((at, i) => (Group: string.Join(',', at.Where((_, axis) => !axes.Contains(axis))), Value: x[0].Span[i], Error: e[0].Span[i]))
        .GroupBy(v => v.Group, v => (v.Value, v.Error))
        .All(group =>
        {
            var falling = group.OrderByDescending(v => v.Value).ToArray();
            bool Apart(int a, int b) => falling[a].Value - falling[b].Value > falling[a].Error + falling[b].Error || falling[a].Error + falling[b].Error == 0;
            return Enumerable.Range(0, anyPair ? falling.Length : 1).All(a => Enumerable.Range(a + 1, falling.Length - a - 1).All(b => Apart(a, b)));
        });

    public Tensor<double> Map(Op.Map op)
    {
        var (f, errors) = (op.Function, new double[y.Length]);
        for (var i = 0; i < errors.Length; i++)
        {
            var (at, off, value) = (x.Select(a => a.Span[i]).ToArray(), e.Select(a => a.Span[i]).ToArray(), y.Span[i]);
            var exact = off.All(d => d == 0) && at.All(double.IsInteger) && Math.Abs(value) < 1L << 53
                && (f.Type == typeof(Add) || f.Type == typeof(Subtract) || f.Type == typeof(Multiply) || f.Type == typeof(Negate));
            errors[i] = exact ? 0 : 8 * Unit * Math.Abs(value) + Corners(at, off).Select(c => Math.Abs(f.Apply(c).Value - value)).Aggregate(0.0, Math.Max) * 2;
        }
        return Tensor<double>.Of(errors, y.Sizes);
    }

    private static IEnumerable<Real[]> Corners(double[] at, double[] off) => at.Zip(off).Aggregate(
        (IEnumerable<Real[]>)[[]], (corners, p) => corners.SelectMany(c => (p.Second == 0 ? [p.First] : new[] { p.First - p.Second, p.First, p.First + p.Second })
            .Select(v => (Real[])[.. c, v])));

    public Tensor<double> Cholesky(Op.Cholesky op) => Differentiated();
    public Tensor<double> TriangularSolve(Op.TriangularSolve op) => Differentiated();
    public Tensor<double> Lu(Op.Lu op) => Differentiated();

    private Tensor<double> Differentiated()
    {
        var errors = Each(v => 8 * Unit * Math.Abs(v), y);
        for (var a = 0; a < x.Length; a++)
        {
            var backward = 8 * Terms * x[a].Span.ToArray().Select(Math.Abs).Append(0).Max();
            for (var i = 0; i < x[a].Length; i++)
            {
                Tensor<double> Moved(double by)
                {
                    var values = x[a].Span.ToArray();
                    values[i] += by;
                    return Again([.. x.Select((other, b) => b == a ? Tensor<double>.Of(values, other.Sizes) : other)]);
                }
                var off = e[a].Span[i] + backward;
                var slopes = Each((high, low) => Math.Abs(high - low) / (2 * Step), Moved(Step), Moved(-Step));
                errors = Each((sum, slope) => sum + (slope == 0 ? 0 : 2 * slope * off), errors, slopes);
            }
        }
        return errors;
    }
}
