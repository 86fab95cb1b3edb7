using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>A step that was run before allocates nothing.</summary>
public sealed class AllocationTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_steady_training_step_allocates_nothing(int threads)
    {
        var x = Expr.Variable("x", "n", 3, 16, 16);
        var w = Expr.Variable("w", 4, 3, 3, 3);
        var scale = Expr.Variable("scale", 4);
        var hidden = x.Convolve(w);
        var centred = hidden - hidden.Mean([0, 2, 3], keepDims: true);
        var normal = centred / (centred.Square().Mean([0, 2, 3], keepDims: true) + 1e-5).Sqrt() * scale.Reshape(4, 1, 1);
        // Maxima over windows that tile the image, of pairs along its rows.
        var pooled = normal.Relu().Reshape("n", 4, 7, 2, 7, 2).Max([3, 5], ties: TieRule.First);
        var loss = pooled.Softmax().Square().Mean() + pooled.Sum([0]).Exp().Mean();
        var gradients = Gradient.Of(loss, [w, scale]);
        var function = Compiler.Compile<float>(new([x, w, scale], [loss, .. gradients]), backend: new CpuBackend(threads));
        Buffer<float>[] inputs = [new(5, 3, 16, 16), new(4, 3, 3, 3), new(4)];
        foreach (var input in inputs)
            for (var i = 0; i < input.Length; i++) input.Span[i] = MathF.Sin(i);
        Buffer<float>[] outputs = [new(), new(4, 3, 3, 3), new(4)];
        for (var i = 0; i < 3; i++) function.Invoke(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) function.Invoke(inputs, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
