using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Checking;

/// <summary>Values of variables, at which expressions are computed in double precision, on the processor where no backend is given.</summary>
internal sealed record Point(ImmutableArray<(Expr Variable, Tensor<double> Value)> Values, IBackend? Backend = null)
{
    public Point With(params IEnumerable<(Expr Variable, Tensor<double> Value)> more) => this with { Values = [.. Values, .. more] };

    public ImmutableArray<Tensor<double>> Evaluate(IEnumerable<Expr> outputs) => Compiled(outputs).Invoke([.. Values.Select(v => v.Value)]);

    /// <summary>The value of y as one variable moves from here along a direction.</summary>
    public Func<double, double[]> Along(Expr y, Expr variable, Tensor<double> direction)
    {
        var move = Along(y, variable);
        return t => move(direction, t);
    }

    /// <summary>The same along any direction, compiled once.</summary>
    public Func<Tensor<double>, double, double[]> Along(Expr y, Expr variable)
    {
        var function = Compiled([y]);
        return (direction, t) => function.Invoke([.. Values.Select(v => v.Variable == variable ? Moved(v.Value, direction, t) : v.Value)])[0].Span.ToArray();
    }

    private Function<double> Compiled(IEnumerable<Expr> outputs) =>
        Compiler.Compile<double>(new Computation([.. Values.Select(v => v.Variable)], [.. outputs]), backend: Backend);

    private static Tensor<double> Moved(Tensor<double> x, Tensor<double> direction, double t) => Tensor<double>.Build(x.Sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = x.Span[i] + t * direction.Span[i];
    });

    /// <summary>Away from 0 and of either sign: as a cotangent or direction it hides neither a sign nor a permutation.</summary>
    public static Tensor<double> Signed(Tensor<double> like, Random random) => Tensor<double>.Build(like.Sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = (0.25 + 0.75 * random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1);
    });

    public static double Dot(Tensor<double> a, Tensor<double> b) => a.Span.ToArray().Zip(b.Span.ToArray(), (x, y) => x * y).Sum();

    public static double Norm(Tensor<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>The index of an element counted in row-major order.</summary>
    public static ImmutableArray<int> Index(ReadOnlySpan<int> sizes, int flat)
    {
        var index = new int[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; flat /= sizes[axis--]) index[axis] = flat % sizes[axis];
        return [.. index];
    }
}
