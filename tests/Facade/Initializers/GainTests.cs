using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using Xunit;

namespace AutoDiffAE.Tests.Initializers;

public sealed class GainTests
{
    [Fact]
    public void Of_activations_are_those_in_use()
    {
        Assert.Equal(Math.Sqrt(2), Gain.Of("relu"));
        Assert.Equal(5.0 / 3, Gain.Of("tanh"));
        Assert.Equal(Math.Sqrt(2 / 1.04), Gain.Of("leaky_relu", 0.2));
        Assert.All(Activations.Names, name => Assert.InRange(Gain.Of(name), 0.5, 2));
        Assert.Contains("Gain.Preserving", Assert.Throws<ArgumentException>(() => Gain.Of("wave")).Message);
    }

    /// <summary>E z² = 1, E relu(z)² = ½, E (z²)² = 3, E sin² z = (1 - e⁻²) / 2; of tanh PyTorch's documentation has 1.5925 beside the 5/3 in use.</summary>
    [Fact]
    public void Of_a_formula_keeps_the_second_moment()
    {
        Assert.Equal(1, Gain.Preserving(z => z), 1e-12);
        Assert.Equal(Math.Sqrt(2), Gain.Preserving(z => z.Relu()), 1e-9);
        Assert.Equal(Math.Sqrt(2 / 1.04), Gain.Preserving(z => z.LeakyRelu(0.2)), 1e-9);
        Assert.Equal(1 / Math.Sqrt(3), Gain.Preserving(z => z.Square()), 1e-12);
        Assert.Equal(1 / Math.Sqrt((1 - Math.Exp(-2)) / 2), Gain.Preserving(z => z.Sin()), 1e-12);
        Assert.InRange(Gain.Preserving(z => z.Tanh()), 1.592, 1.593);
        Assert.Throws<ArgumentException>(() => Gain.Preserving(z => 0 * z));
    }
}
