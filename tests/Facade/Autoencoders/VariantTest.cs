using AutoDiffAE.Autoencoders;
using AutoDiffAE.Checking;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Autoencoders;

/// <summary>Each kind of autoencoder, small.</summary>
public sealed class VariantTest
{
    private static readonly Tensor<float> Images = Standardization.Of(Blobs.Generate(300, new BlobOptions(12, 13, Most: 2, LargestRadius: 3), 1).Pixels).Apply(Blobs.Generate(300, new BlobOptions(12, 13, Most: 2, LargestRadius: 3), 1).Pixels);

    public static TheoryData<string> Known => [.. Variant.Known];

    private static ConvolutionalAutoencoder Small(string variant) => new(12, 13, Filters: 4, FilterSize: 5, Code: 8, Variation: variant);

    [Theory]
    [MemberData(nameof(Known))]
    public void It_is_written_as_it_is_read(string variant)
    {
        Assert.Equal(variant, $"{Variant.Parse(variant)}");
        Assert.Equal(variant.Split('=')[0], $"{Variant.Parse(variant.Split('=')[0])}".Split('=')[0]);
    }

    [Theory]
    [InlineData("chopped", "there are plain, tied")]
    [InlineData("plain=3", "takes none")]
    [InlineData("sparse=-1", "at least 0")]
    [InlineData("sparse=x", "is no number")]
    [InlineData("denoising:masking=1", "a probability below 1")]
    [InlineData("stacked=0.5", "a whole number")]
    [InlineData("winners=4", "an odd whole number")]
    public void What_is_none_is_refused(string variant, string why) => Assert.Contains(why, Assert.Throws<ArgumentException>(() => Variant.Parse(variant)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Known))]
    public void It_learns_and_its_halves_are_the_whole(string variant)
    {
        var options = Small(variant);
        var network = options.Build();
        var (train, validation) = (Images.Rows(0, 240), Images.Rows(240, 300));
        var initial = options.Variant is Variant.Stacked ? StackedPretraining.Of(options, network, 2, new Adam(0.005), 16, 1, null, train, validation, null, _ => { }) : null;
        var trainer = new Trainer(AutoencoderTask.Of(options, network, new Key(1)), new Adam(0.005), new TrainingOptions(6, 16), initial: initial);
        var before = trainer.Error([validation]);
        var result = trainer.Fit([train], [validation]);
        Assert.True(result.Best!.ValidationError < 0.8 * before, $"{before} to {result.Best.ValidationError}");
        var (encoder, decoder) = (ConvolutionalAutoencoder.Encoder(network), ConvolutionalAutoencoder.Decoder(network));
        Tensor<float> Of(Network part, Tensor<float> x) => Compiler.Compile(new Computation([part.Input], [part.Output]), trainer.Store).Invoke(x)[0];
        var codes = Of(encoder, validation);
        Assert.Equal([60, options.CodeLength], codes.Sizes.ToArray());
        Assert.Equal(Of(network, validation).Span.ToArray(), Of(decoder, codes).Span.ToArray());
    }

    [Theory]
    [InlineData("sparse=0.5")]
    [InlineData("contractive=0.5")]
    [InlineData("variational=0.5")]
    [InlineData("tied")]
    public void Its_loss_has_the_gradient_that_differences_say(string variant)
    {
        var options = Small(variant) with { CodeActivation = "tanh", HiddenActivation = "tanh", Filters = 2, Code = 3 };
        var network = options.Build();
        var task = AutoencoderTask.Of(options, network, new Key(3));
        var values = task.Parameters.Select(p => (p.Variable, p.IsLearned ? p.Initial<double>(new Key(5)) : p.Initial<double>(default)))
            .Append((task.Inputs[0], Tensor<double>.Build([3, 1, 12, 13], v => Philox.Normal(new Key(7), v)))).ToList();
        var report = GradientCheck.Of(task.Loss, task.Learned, values);
        // Pooling has kinks, which random values do not meet.
        Assert.True(report.Passed, $"{report}");
    }

    /// <summary>For linear codes J is the weights themselves, so its square is known.</summary>
    [Fact]
    public void The_contraction_of_many_signs_is_the_square_of_the_jacobian()
    {
        var (x, w, step) = (Expr.Variable("x", 2000, 5), Expr.Variable("w", 5, 4), Expr.Variable("step"));
        var contraction = JacobianNorm.Of(x.MatMul(w).Tanh(), x, new Key(1), step);
        var weights = Tensor<double>.Build([5, 4], v => Philox.Normal(new Key(2), v));
        var found = Compiler.Compile<double>(new Computation([x, w, step], [contraction])).Invoke(Tensor<double>.Full(0, 2000, 5), weights, Tensor<double>.Full(0))[0].Value;
        var square = weights.Span.ToArray().Sum(v => v * v);
        Assert.InRange(found, 0.9 * square, 1.1 * square);
    }

    [Fact]
    public void The_divergence_from_the_standard_normal_is_known()
    {
        var statistics = Expr.Variable("s", 1, 2);
        double Of(double mean, double variance) => Compiler.Compile<double>(new Computation([statistics], [Sampled.Divergence(statistics)])).Invoke(Tensor<double>.Of([mean, Math.Log(variance)], 1, 2))[0].Value;
        Assert.Equal(0, Of(0, 1), 1e-15);
        Assert.Equal(0.5 * (4 + 3 - Math.Log(3) - 1), Of(2, 3), 1e-12);
    }
}
