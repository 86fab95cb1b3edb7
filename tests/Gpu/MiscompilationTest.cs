using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>What ILGPU 1.5.3 compiles wrongly for OpenCL and PTX, and kernels therefore do without; its CPU accelerator, which runs the original code, hides all of it.</summary>
public sealed class MiscompilationTest
{
    private static readonly Expr X = Expr.Variable("x", "n"), Y = Expr.Variable("y", "n");

    private static float[] On(Expr e, float[] x, float[] y) =>
        Compiler.Compile<float>(new Computation([X, Y], [e]), backend: Accelerators.All["OpenCL"]).Invoke(Tensor<float>.Of(x, x.Length), Tensor<float>.Of(y, y.Length))[0].Span.ToArray();

    /// <summary>A truth value that becomes a number becomes its raw bits: 1.4e-45.</summary>
    [DeviceTheory("OpenCL")]
    [InlineData(0)]
    public void A_comparison_is_added_as_one_and_not_as_raw_bits(float bound)
    {
        Assert.Equal([4f, -2, 0], On(X + Expr.Call<Greater>(X, bound) + X * 0 * Y, [3f, -2, 0], [1f, 1, 1]));
        Assert.Equal([4f, -2, 1], On(X + Expr.Call<GreaterOrEqual>(X, bound) + X * 0 * Y, [3f, -2, 0], [1f, 1, 1]));
        Assert.Equal([3f, -2, 1], On(X + Expr.Call<Equal>(X, bound) + X * 0 * Y, [3f, -2, 0], [1f, 1, 1]));
    }

    /// <summary>Of an unordered comparison the wrong branch is taken, and a maximum with NaN is the other number.</summary>
    [DeviceTheory("OpenCL")]
    [InlineData(float.NaN)]
    public void No_number_is_neither_more_nor_less(float nan)
    {
        float[] x = [nan, 1, nan, 2], y = [1, nan, nan, 3];
        Assert.Equal([0f, 0, 0, 0], On(Expr.Call<Greater>(X, Y), x, y));
        Assert.Equal([0f, 0, 0, 1], On(Expr.Call<Less>(X, Y), x, y));
        Assert.Equal([0f, 0, 0, 0], On(Expr.Call<GreaterOrEqual>(X, Y), x, y));
        Assert.Equal([1f, 1, 1, 1], On(Expr.Call<NotEqual>(X, Y), x, y));
        Assert.Equal([nan, nan, nan, 3], On(Expr.Call<Larger>(X, Y), x, y));
        Assert.Equal([nan, nan, nan, 2], On(Expr.Call<Smaller>(X, Y), x, y));
        Assert.Equal([nan], On(X.Relu() + 0 * Y, [nan], [1]));
        Assert.Equal([nan, nan], Compiler.Compile<float>(new Computation([X], [X.Max(), X.Sum()]), backend: Accelerators.All["OpenCL"]).Invoke(Tensor<float>.Of([1, nan, 3], 3)).Select(t => t.Value));
    }

    /// <summary>A barrier fences only global memory there, and on CUDA a sign is copied from the wrong argument: there is no barrier, and signs are bits.</summary>
    [DeviceTheory("OpenCL")]
    [InlineData(0)]
    public void Signs_are_copied_to_the_first_argument(float zero)
    {
        float[] signs = On(Expr.Call<CopySign>(X, Y), [3f, -3, zero, 3], [-1f, 1, -1, -zero]);
        Assert.Equal([-3f, 3, -0f, -3], signs);
        Assert.True(float.IsNegative(signs[2]));
    }
}
