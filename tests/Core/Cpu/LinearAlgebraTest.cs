using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public sealed class LinearAlgebraTest
{
    private static Tensor<double> Drawn(ulong key, params int[] sizes) => Tensor<double>.Build(sizes, values =>
    {
        Philox.Uniform(new Key(key), values);
        for (var i = 0; i < values.Length; i++) values[i] -= 0.5;
    });

    private static Tensor<double> Run(Func<Expr, Expr> f, Tensor<double> x, int threads = 2)
    {
        var variable = Expr.Variable("x", x.Shape);
        return Compiler.Compile<double>(new([variable], [f(variable)]), null, new CpuBackend(threads)).Invoke(x)[0];
    }

    private static double Largest(Tensor<double> x) => x.Span.ToArray().Max(Math.Abs);

    /// <summary>Around the sizes at which work is cut into blocks and shared out.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 31)]
    [InlineData(1, 33)]
    [InlineData(1, 127)]
    [InlineData(2, 128)]
    [InlineData(1, 200)]
    public void Factors_multiply_to_the_matrix_and_systems_are_solved(int matrices, int n)
    {
        var a = Drawn(1, matrices, n, n);
        Assert.InRange(Largest(Run(x => x.Lu() is var lu
            ? lu.PackedFactors().UnitLower().MatMul(lu.PackedFactors().Triu()) - x.Permuted(lu.Pivots()) : x, a)), 0, 1e-13 * n);
        Assert.InRange(Largest(Run(x => x.MatMul(x.Transpose()) + Formulas.Eye(n) is var s && s.Cholesky() is var l ? l.MatMul(l.Transpose()) - s : x, a)), 0, 1e-13 * n);
        var b = Expr.Constant(Drawn(2, n, 3));
        foreach (var condition in new[] { (true, false), (true, true), (false, false), (false, true) })
        {
            var (lower, transposed) = condition;
            // 3 on the diagonal, so that no element of the inverse is large.
            Expr Triangle(Expr x) => (lower ? x.Tril(-1) : x.Triu(1)) * (4.0 / n) + 3 * Formulas.Eye(n);
            Assert.InRange(Largest(Run(x => (transposed ? Triangle(x).Transpose() : Triangle(x)).MatMul(Triangle(x).TriangularSolve(b, lower, transposed)) - b, a)), 0, 1e-13 * n);
        }
        Assert.InRange(Largest(Run(x => (x + 3 * Formulas.Eye(n)).MatMul((x + 3 * Formulas.Eye(n)).Solve(b)) - b, a)), 0, 1e-10);
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        var a = Drawn(3, 1, 211, 211);
        foreach (var f in new Func<Expr, Expr>[] { x => x.Lu(), x => (x.MatMul(x.Transpose()) + Formulas.Eye(211)).Cholesky(), x => x.Inv() })
            Assert.Equal(Run(f, a, 1).Span, Run(f, a, 3).Span);
    }

    [Fact]
    public void A_determinant_and_its_logarithm_are_the_ones_of_small_matrices()
    {
        var a = Tensor<double>.Of([0, 2, 1, 1, 0, 3, 4, 1, 0], 3, 3);
        Assert.Equal(25, Run(x => x.Det(), a).Span[0], 1e-12);
        Assert.Equal([1, Math.Log(25)], Run(x => x.SlogDet(), a).Span.ToArray(), (e, f) => Math.Abs(e - f) < 1e-12);
        Assert.Equal(-1, Run(x => x.Det(), Tensor<double>.Of([0, 1, 1, 0], 2, 2)).Span[0]);
    }

    /// <summary>As documented: a zero pivot leaves a determinant of 0 and solutions that are not finite; no Cholesky factor is NaN.</summary>
    [Fact]
    public void Of_singular_matrices_and_of_those_that_are_not_definite()
    {
        var singular = Tensor<double>.Of([1, 2, 2, 4], 2, 2);
        Assert.Equal(0, Run(x => x.Det(), singular).Span[0]);
        Assert.Equal([0, double.NegativeInfinity], Run(x => x.SlogDet(), singular).Span.ToArray());
        Assert.All(Run(x => x.Inv(), singular).Span.ToArray(), v => Assert.False(double.IsFinite(v)));
        Assert.True(double.IsNaN(Run(x => x.Cholesky(), Tensor<double>.Of([1, 2, 2, 1], 2, 2)).Span[3]));
    }

    [Fact]
    public void The_logarithm_of_a_determinant_does_not_overflow_and_its_gradient_is_the_inverse_transposed()
    {
        var a = Expr.Variable("a", 300, 300);
        var value = Tensor<double>.Build([300, 300], v =>
        {
            for (var i = 0; i < 300; i++) v[301 * i] = 1e3;
        });
        var logarithm = a.SlogDet().Slice(0, new(1, 1)).Sum();
        var found = Compiler.Compile<double>(new([a], [logarithm, Gradient.Of(logarithm, a) - a.Inv().Transpose()])).Invoke(value);
        Assert.Equal(300 * Math.Log(1e3), found[0].Span[0], 1e-9);
        Assert.Equal(0, Largest(found[1]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var (a, b) = (Expr.Variable("a", 3, 4), Expr.Variable("b", 4, 4));
        foreach (var build in new Func<Expr>[] { () => a.Cholesky(), () => a.Inv(), () => a.Det(), () => a.Lu(), () => a.Solve(a) })
            Assert.Contains("square", Assert.Throws<ShapeException>(build).Message, StringComparison.Ordinal);
        Assert.Contains("3 rows and the matrix 4", Assert.Throws<ShapeException>(() => b.Solve(a)).Message, StringComparison.Ordinal);
        Assert.Contains("vector", Assert.Throws<ShapeException>(() => b.TriangularSolve(1)).Message, StringComparison.Ordinal);
    }
}
