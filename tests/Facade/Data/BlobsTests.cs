using AutoDiffAE.Data;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class BlobsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_images_and_another_gives_others()
    {
        var (one, same, other) = (Blobs.Generate(20, new(Noise: 10), 1), Blobs.Generate(20, new(Noise: 10), 1), Blobs.Generate(20, new(Noise: 10), 2));
        Assert.Equal(one.Pixels.Span.ToArray(), same.Pixels.Span.ToArray());
        Assert.Equal(one.Labels!.Span.ToArray(), same.Labels!.Span.ToArray());
        Assert.NotEqual(one.Labels!.Span.ToArray(), other.Labels!.Span.ToArray());
    }

    [Fact]
    public void An_image_does_not_depend_on_how_many_there_are() =>
        Assert.Equal(Blobs.Generate(7, new(), 1).Pixels.Span.ToArray(), Blobs.Generate(30, new(), 1).Pixels.Rows(0, 7).Span.ToArray());

    [Theory]
    [InlineData(28, 28, 0, 4, 3, 6, 2)]
    [InlineData(40, 60, 3, 12, 1.5, 5, 1.5)]
    [InlineData(28, 28, 4, 4, 5, 5, 2)]
    [InlineData(14, 14, 1, 1, 7, 7, 0)]
    public void The_count_is_what_can_be_counted(int height, int width, int least, int most, double smallest, double largest, double gap)
    {
        var images = Blobs.Generate(300, new(height, width, least, most, smallest, largest, Gap: gap), 5);
        var counted = Enumerable.Range(0, images.Count).Select(i => Components(images.Pixels.Rows(i, i + 1).Span.ToArray(), width));
        Assert.Equal(images.Labels!.Span.ToArray(), counted);
        Assert.Equal(Enumerable.Range(least, most - least + 1), images.Labels!.Span.ToArray().Distinct().Order());
    }

    [Fact]
    public void Every_count_is_as_likely() =>
        Assert.All(Blobs.Generate(5000, new(), 3).Labels!.Span.ToArray().CountBy(n => n), n => Assert.InRange(n.Value, 880, 1120));

    [Fact]
    public void Circles_keep_to_the_options() => Prop.ForAll<uint, bool>((seed, overlap) =>
    {
        var options = new BlobOptions(Height: 30, Width: 50, Most: 9, SmallestRadius: 2, LargestRadius: 5, Overlap: overlap);
        var circles = Blobs.Place(options, UniformStream.Of(seed)(0));
        return circles.Length <= 9
            && circles.All(c => c.Radius is >= 2 and <= 5 && c.Row >= c.Radius && c.Row <= 30 - c.Radius && c.Column >= c.Radius && c.Column <= 50 - c.Radius)
            && circles.All(a => circles.All(b => a == b || a.Distance(b) >= (overlap ? Math.Max(a.Radius, b.Radius) : a.Radius + b.Radius + 2)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlap_happens_when_asked_for()
    {
        var circles = Blobs.Place(new(Least: 8, Most: 8, Overlap: true), UniformStream.Of(1)(0));
        Assert.Contains(circles, a => circles.Any(b => a != b && a.Distance(b) < a.Radius + b.Radius));
    }

    [Fact]
    public void Edges_are_soft_and_the_area_is_the_circles()
    {
        var options = new BlobOptions(Least: 1, Most: 1, SmallestRadius: 5, LargestRadius: 5);
        var pixels = Blobs.Generate(50, options, 1).Pixels;
        Assert.Equal((0f, 255f), (pixels.Span.ToArray().Min(), pixels.Span.ToArray().Max()));
        Assert.Contains(pixels.Span.ToArray(), p => p is > 0 and < 255);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(Math.PI * 25, pixels.Rows(i, i + 1).Span.ToArray().Sum() / 255.0, 1.5));
    }

    [Fact]
    public void Noise_has_its_deviation_and_stays_in_range()
    {
        var pixels = Blobs.Generate(20, new(Most: 0, Noise: 20), 1).Pixels.Span.ToArray();
        Assert.All(pixels, p => Assert.InRange(p, 0, 255));
        // Half of the noise on black is clipped to 0; the mean square of the rest is half the variance.
        Assert.Equal(0.5, pixels.Average(p => p > 0 ? 1.0 : 0), 0.02);
        Assert.Equal(200, pixels.Average(p => (double)p * p), 10.0);
    }

    [Fact]
    public void No_images_are_no_error() => Assert.Equal(0, Blobs.Generate(0, new(), 1).Count);

    public static TheoryData<BlobOptions, string> Refused => new()
    {
        { new(Height: 0), "blobs: an image of 0 by 28 pixels asked for, at least 1 by 1 expected" },
        { new(Least: 5), "blobs: 5 to 4 circles asked for, 0 <= least <= most expected" },
        { new(Least: -1), "blobs: -1 to 4 circles asked for, 0 <= least <= most expected" },
        { new(SmallestRadius: 0), "blobs: radii from 0 to 6 asked for, 0 < smallest <= largest expected" },
        { new(SmallestRadius: 7), "blobs: radii from 7 to 6 asked for, 0 < smallest <= largest expected" },
        { new(SmallestRadius: double.NaN), "blobs: radii from NaN to 6 asked for, 0 < smallest <= largest expected" },
        { new(LargestRadius: 15), "blobs: a radius of 15 in 28 by 28 pixels asked for, at most 14 expected" },
        { new(Noise: -1), "blobs: a noise of -1 asked for, 0 or more expected" },
        { new(Gap: -1), "blobs: a gap of -1 asked for, 0 or more expected" },
        { new(Most: 17), "blobs: up to 17 circles of radius 3 and more in 28 by 28 pixels asked for, at most 16 expected" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_that_cannot_be_met_are_refused(BlobOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => Blobs.Generate(1, options, 1)).Message);

    [Fact]
    public void Circles_without_a_place_end_in_an_error()
    {
        // Two of these fit by area, but not by shape.
        var options = new BlobOptions(Height: 10, Width: 19, Least: 2, Most: 2, SmallestRadius: 5, LargestRadius: 5, Gap: 0);
        Assert.Equal("blobs: 2 circles of radius 5 found no place in 10 by 19 pixels, 1 did: ask for fewer, smaller, or overlap",
            Assert.Throws<DataException>(() => Blobs.Generate(1, options, 1)).Message);
    }

    /// <summary>The connected regions (by sides and corners) of pixels brighter than half.</summary>
    private static int Components(float[] pixels, int width)
    {
        var seen = new bool[pixels.Length];
        var components = 0;
        for (var start = 0; start < pixels.Length; start++)
        {
            if (seen[start] || pixels[start] <= 127.5f) continue;
            components++;
            var open = new Stack<int>([start]);
            while (open.TryPop(out var at))
            {
                if (seen[at] || pixels[at] <= 127.5f) continue;
                seen[at] = true;
                foreach (var near in from dr in new[] { -1, 0, 1 }
                                     from dc in new[] { -1, 0, 1 }
                                     let row = at / width + dr
                                     let column = at % width + dc
                                     where row >= 0 && row < pixels.Length / width && column >= 0 && column < width
                                     select row * width + column)
                    open.Push(near);
            }
        }
        return components;
    }
}
