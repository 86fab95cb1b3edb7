using System.Collections.Immutable;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Images of filled circles, varied in number, size and place, each with its true count: white on black, with soft edges.</summary>
public static class Blobs
{
    private const int Restarts = 10_000, Tries = 50;

    /// <summary>Images (count, 1, height, width) and their counts. Image i depends on the options, the seed and i alone.</summary>
    /// <exception cref="DataException">The options contradict each other, or the circles find no place.</exception>
    public static Images Generate(int count, BlobOptions options, ulong seed) => Generate(count, options, UniformStream.Of(new Key(seed).Fold("blobs").Value));

    internal static Images Generate(int count, BlobOptions options, Func<ulong, Func<double>> uniforms)
    {
        if (count < 0) throw new DataException($"blobs: {count} images asked for, 0 or more expected");
        var (counts, size) = (new int[count], options.Checked().Height * options.Width);
        var pixels = Tensor<float>.Build([count, 1, options.Height, options.Width], values =>
        {
            for (var i = 0; i < count; i++)
            {
                var uniform = uniforms((ulong)i);
                var circles = Place(options, uniform);
                counts[i] = circles.Length;
                var image = values.Slice(i * size, size);
                foreach (var circle in circles) Draw(circle, options, image);
                if (options.Noise > 0) Disturb(image, options.Noise, uniform);
            }
        });
        return new(pixels, Tensor<int>.Of(counts, count));
    }

    /// <summary>
    /// The count is drawn once. Circles are then placed by rejection; when one finds no place, all of this image are drawn anew, the
    /// largest radius being brought down to the smallest over the first restarts, so that what fits is found soon.
    /// </summary>
    internal static ImmutableArray<Circle> Place(BlobOptions options, Func<double> uniform)
    {
        var count = options.Least + (int)(uniform() * (options.Most - options.Least + 1L));
        var most = 0;
        for (var restart = 0; restart < Restarts; restart++)
        {
            var largest = options.SmallestRadius + (options.LargestRadius - options.SmallestRadius) * Math.Max(0, 1 - restart / 50.0);
            var circles = ImmutableArray<Circle>.Empty;
            while (circles.Length < count && Fitting(circles, options, largest, uniform) is { } circle) circles = circles.Add(circle);
            if (circles.Length == count) return circles;
            most = Math.Max(most, circles.Length);
        }
        throw new DataException(FormattableString.Invariant(
            $"blobs: {count} circles of radius {options.SmallestRadius} found no place in {options.Height} by {options.Width} pixels, ")
            + $"{most} did: ask for fewer, smaller, or overlap");
    }

    private static Circle? Fitting(ImmutableArray<Circle> placed, BlobOptions options, double largest, Func<double> uniform)
    {
        var radius = Between(options.SmallestRadius, largest, uniform);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var circle = new Circle(Between(radius, options.Height - radius, uniform), Between(radius, options.Width - radius, uniform), radius);
            if (placed.All(other => circle.Distance(other) >= Apart(circle, other, options))) return circle;
        }
        return null;
    }

    private static double Apart(Circle a, Circle b, BlobOptions options) =>
        options.Overlap ? Math.Max(a.Radius, b.Radius) : a.Radius + b.Radius + options.Gap;

    private static double Between(double low, double high, Func<double> uniform) => low + (high - low) * uniform();

    private static void Draw(Circle circle, BlobOptions options, Span<float> image)
    {
        var (top, bottom) = Reach(circle.Row, circle.Radius, options.Height);
        var (left, right) = Reach(circle.Column, circle.Radius, options.Width);
        for (var row = top; row < bottom; row++)
            for (var column = left; column < right; column++)
            {
                ref var pixel = ref image[row * options.Width + column];
                pixel = Math.Max(pixel, (float)(255 * circle.Coverage(row, column)));
            }
    }

    private static (int From, int To) Reach(double centre, double radius, int size) =>
        (Math.Max(0, (int)(centre - radius - 1)), Math.Min(size, (int)(centre + radius + 2)));

    // Box and Muller's transform; 1 - u is never 0.
    private static void Disturb(Span<float> image, double noise, Func<double> uniform)
    {
        foreach (ref var pixel in image)
            pixel = (float)Math.Clamp(pixel + noise * Math.Sqrt(-2 * Math.Log(1 - uniform())) * Math.Cos(2 * Math.PI * uniform()), 0, 255);
    }
}
