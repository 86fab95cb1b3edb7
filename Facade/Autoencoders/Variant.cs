using System.Globalization;
using AutoDiffAE.Layers;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// What keeps an autoencoder from the identity, or makes its code more than a code: a closed union, each written in one word with what it takes,
/// <c>denoising:masking=0.25</c>.
/// </summary>
public abstract record Variant
{
    private Variant() { }

    /// <summary>The narrow code alone.</summary>
    public sealed record Plain : Variant
    {
        public override string ToString() => "plain";
    }

    /// <summary>The decoder uses the encoder's weights, transposed.</summary>
    public sealed record Tied : Variant
    {
        public override string ToString() => "tied";
    }

    /// <summary>The image comes in with noise, and has to come out without. P. Vincent et al., JMLR 11, 2010.</summary>
    /// <param name="Noise">gaussian, masking or salt.</param>
    /// <param name="Amount">The deviation in standardised units, or the probability of each pixel.</param>
    public sealed record Denoising(string Noise, double Amount) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"denoising:{Noise}={Amount}");

        internal Layer Layer => Noise switch
        {
            "gaussian" => new GaussianNoise(Amount),
            "masking" => new MaskingNoise(Amount),
            // Black and white, in units of the deviation.
            _ => new SaltAndPepper(Amount, -0.5, 3),
        };
    }

    /// <summary>The mean of |code| is small too. A. Ng, Sparse autoencoder, 2011, with the ℓ₁ norm.</summary>
    public sealed record Sparse(double Weight) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sparse={Weight}");
    }

    /// <summary>‖∂code/∂image‖² is small too: the code of what is near is near. S. Rifai et al., ICML 2011.</summary>
    public sealed record Contractive(double Weight) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"contractive={Weight}");
    }

    /// <summary>The code is drawn from a normal distribution whose mean and variance the encoder gives, and which is near the standard one. D. Kingma, M. Welling, ICLR 2014.</summary>
    public sealed record Variational(double Weight) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"variational={Weight}");
    }

    /// <summary>Layer by layer first, then all together. J. Masci, U. Meier, D. Cireşan, J. Schmidhuber, ICANN 2011.</summary>
    /// <param name="Epochs">For each layer, before the epochs of the whole.</param>
    public sealed record Stacked(int Epochs) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"stacked={Epochs}");
    }

    /// <summary>
    /// The code is a map: of each neighbourhood one value in one channel, from which the decoder paints. There is no narrow layer, what keeps it from the identity is
    /// that all others are 0. After A. Makhzani and B. Frey, Winner-take-all autoencoders, NIPS 2015.
    /// </summary>
    /// <param name="Window">The side of a neighbourhood, odd.</param>
    public sealed record Winners(int Window) : Variant
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"winners={Window}");
    }

    /// <summary>How each is written, with the amounts that are taken where none is given.</summary>
    public static IReadOnlyList<string> Known { get; } =
        ["plain", "tied", "denoising:gaussian=0.5", "denoising:masking=0.25", "denoising:salt=0.1", "sparse=0.01", "contractive=0.01", "variational=0.1", "stacked=2", "winners=9"];

    /// <exception cref="ArgumentException">There is no such variant, or its number is none that it can take.</exception>
    public static Variant Parse(string text)
    {
        var parts = text.Split('=');
        var name = parts[0] == "denoising" ? "denoising:gaussian" : parts[0];
        var usual = Known.FirstOrDefault(k => k.Split('=')[0] == name) ?? throw new ArgumentException($"there is no variant {text}, there are {string.Join(", ", Known)}");
        var amount = 0.0;
        if (parts.Length > 2 || (parts.Length == 2) != usual.Contains('=') && parts.Length == 2 || usual.Contains('=') && !double.TryParse(parts is [_, var given] ? given : usual.Split('=')[1], NumberStyles.Float, CultureInfo.InvariantCulture, out amount))
            throw new ArgumentException($"the variant {text} is no number or takes none: {usual} would do");
        var wanted = name switch
        {
            "stacked" => amount >= 1 && amount == Math.Floor(amount) && amount <= int.MaxValue ? null : "a whole number of at least 1",
            "winners" => amount >= 1 && amount % 2 == 1 && amount <= short.MaxValue ? null : "an odd whole number",
            "denoising:masking" or "denoising:salt" => amount is >= 0 and < 1 ? null : "a probability below 1",
            _ => !usual.Contains('=') || amount >= 0 && double.IsFinite(amount) ? null : "a number of at least 0",
        };
        if (wanted is not null) throw new ArgumentException($"the variant {text}: {wanted} is needed, as in {usual}");
        return name.Split(':') switch
        {
            ["plain"] => new Plain(),
            ["tied"] => new Tied(),
            ["denoising", var noise] => new Denoising(noise, amount),
            ["sparse"] => new Sparse(amount),
            ["contractive"] => new Contractive(amount),
            ["variational"] => new Variational(amount),
            ["winners"] => new Winners((int)amount),
            _ => new Stacked((int)amount),
        };
    }
}
