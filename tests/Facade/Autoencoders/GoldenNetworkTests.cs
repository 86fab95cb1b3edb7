using System.Numerics;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Autoencoders;

/// <summary>Five Nesterov steps of small versions of the network, as another library computed them in double precision.</summary>
public class GoldenNetworkTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["conv/W"] = "conv_W",
        ["conv/b"] = "conv_b",
        ["code/W"] = "enc_W",
        ["code/b"] = "enc_b",
        ["hidden/W"] = "hid_W",
        ["hidden/b"] = "hid_b",
        ["deconv/W"] = "dec_W",
        ["deconv/b"] = "dec_b",
    };

    [SharedTheory]
    [InlineData("net_tiny_tanh_f64", "tanh", true)]
    [InlineData("net_small_relu_f64", "relu", true)]
    [InlineData("net_small_tanh_noflip_f64", "tanh", false)]
    public void In_double_precision(string file, string activation, bool flip) => Check<double>(file, activation, flip, 1e-9);

    [SharedTheory]
    [InlineData("net_small_relu_f32", "relu", true)]
    public void In_single_precision(string file, string activation, bool flip) => Check<float>(file, activation, flip, 1e-5);

    private static void Check<T>(string file, string activation, bool flip, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var golden = Npz.Open(Shared.At("golden", "net", $"{file}.npz"));
        void Same(string name, Tensor<T> found) => Near(name, golden[name].As<double>(), found.Cast<double>(), tolerance);

        var filters = golden["init_conv_W"].Sizes;
        var network = new ConvolutionalAutoencoder(28, 28, 1, filters[0], filters[2], golden["init_enc_b"].Sizes[0], activation, activation, flip).Build();
        var task = TrainingTask.Reconstruction(network);
        var parameters = network.Parameters;
        var recurrence = new NesterovMomentum(0.01, 0.975).Of(task.Loss, [.. parameters.Select(p => p.Variable)]);
        var store = new Store<T>();
        foreach (var p in parameters) store[p.Variable] = golden[$"init_{Names[p.Name]}"].As<T>();
        recurrence.Initialize(store);

        var x = golden["x"].As<T>();
        Tensor<T> Batch(int step) => x.Rows(step, step + 1).Reshape([.. x.Sizes[1..]]);
        var encoder = ConvolutionalAutoencoder.Encoder(network);
        Same("code_step0", Compiler.Compile(new Computation([encoder.Input], [encoder.Output]), store).Invoke(Batch(0))[0]);
        Same("out_step0", Compiler.Compile(new Computation([network.Input], [network.Output]), store).Invoke(Batch(0))[0]);
        var gradients = Compiler.Compile(new Computation(task.Inputs, Gradient.Of(task.Loss, parameters.Select(p => p.Variable))), store).Invoke(Batch(0));
        foreach (var (p, gradient) in parameters.Zip(gradients)) Same($"grad0_{Names[p.Name]}", gradient);

        var step = Compiler.Compile(new Computation(task.Inputs, [task.Loss], recurrence.Updates), store);
        Same("losses", Tensor<T>.Of(Enumerable.Range(0, 5).Select(i => step.Invoke(Batch(i))[0].Value), 5));
        foreach (var p in parameters) Same($"after5_{Names[p.Name]}", store[p.Variable]);
    }

    /// <summary>Differences are measured against the largest element of what is expected.</summary>
    private static void Near(string name, Tensor<double> expected, Tensor<double> found, double tolerance)
    {
        Assert.Equal(expected.Shape, found.Shape);
        var scale = expected.Span.ToArray().Max(Math.Abs);
        var worst = expected.Span.ToArray().Zip(found.Span.ToArray(), (e, f) => Math.Abs(e - f)).Max();
        Assert.True(worst <= tolerance * scale, $"{name}: differs by {worst:G3}, {tolerance:G3} of {scale:G3} allowed");
    }
}
