using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Layers;

/// <summary>Values and gradients of layers against those that PyTorch computes of the same numbers.</summary>
public sealed class TorchTest
{
    private static readonly Dictionary<string, (Layer Layer, int[] Input)> Cases = new()
    {
        ["lstm"] = (new Lstm(2), [2, 3, 2]),
        ["lstm_backwards_last"] = (new Lstm(2, Last: true, Backwards: true), [2, 3, 2]),
        ["gru"] = (new Gru(2), [2, 3, 2]),
        ["recurrent"] = (new Recurrent(2), [2, 3, 2]),
        ["attention"] = (new SelfAttention(2), [2, 3, 4]),
        ["attention_causal"] = (new SelfAttention(2, IsCausal: true), [2, 3, 4]),
        ["transposed_conv1d"] = (new TransposedConv1D(2, 3, Stride: 3, Flip: false), [2, 2, 4]),
        ["transposed_conv2d"] = (new TransposedConv2D(3, (3, 2), Stride: 2, Padding: 1, OutputPadding: 1, Flip: false), [1, 2, 2, 3]),
        ["transposed_conv2d_groups"] = (new TransposedConv2D(4, 2, Stride: (1, 2), Groups: 2, Dilation: (2, 1), Flip: false), [1, 2, 2, 3]),
        ["transposed_conv3d"] = (new TransposedConv3D(1, 2, Stride: (2, 1, 1), Flip: false), [1, 1, 2, 2, 2]),
        ["conv1d"] = (new Conv1D(4, 3, Stride: 2, Padding: 1, Dilation: 2, Groups: 2, Flip: false), [1, 4, 7]),
        ["conv3d"] = (new Conv3D(2, 2, Flip: false), [1, 1, 3, 3, 3]),
        ["group_norm"] = (new GroupNorm(2), [2, 4, 2]),
        ["instance_norm"] = (new InstanceNorm(), [2, 4, 2]),
        ["layer_norm"] = (new LayerNorm(), [2, 4, 2]),
        ["layer_norm_last"] = (new LayerNorm(1), [2, 4, 2]),
        ["prelu"] = (new PRelu(), [2, 4, 2]),
        ["avg_pool"] = (new AvgPool2D(3, 2, 1, CountPadding: false), [1, 1, 5, 5]),
        ["avg_pool_partial"] = (new AvgPool2D(2, Partial: true), [1, 1, 5, 5]),
        ["max_pool_partial"] = (new MaxPool2D((3, 2), 2, Partial: true), [1, 1, 5, 5]),
        ["bilinear"] = (new Upscale2D((2, 3), UpscaleMode.Linear), [1, 1, 2, 3]),
    };

    public static TheoryData<string> Names => [.. TorchValues.All.Select(t => t.Name)];

    private static Tensor<double> V(int k, ReadOnlySpan<int> sizes) => Tensor<double>.Build(sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = 0.8 * Math.Sin(k + 1.3 * i);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_the_numbers_of_torch(string name)
    {
        var (layer, input) = Cases[name];
        var torch = TorchValues.All.Single(t => t.Name == name);
        var x = Expr.Variable("x", Shape.Of(input));
        var bound = layer.Bind("it", x.Shape);
        var store = new Store<double>();
        foreach (var (p, k) in bound.Parameters.Zip(Enumerable.Range(2, 9))) store[p.Variable] = V(k, p.Variable.Shape.Evaluate(new Dictionary<string, long>()));
        var y = bound.Apply(Mode.Training, default, x).Value;
        var gradient = Gradient.Of((y * Expr.Constant(V(9, torch.Sizes))).Sum(), x);
        var found = Compiler.Compile(new Computation([x], [y, gradient]), store).Invoke(V(1, input));
        Assert.Equal(torch.Sizes, found[0].Sizes.ToArray());
        Assert.All(torch.Output.Zip(found[0].Span.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.All(torch.Gradient.Zip(found[1].Span.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void Every_recorded_case_has_a_layer() => Assert.Equal(Cases.Keys.Order(), TorchValues.All.Select(t => t.Name).Order());
}
