using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiffAE.Reading;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class LayeredLayoutTest
{
    private static (ImmutableArray<(double, double)> Sizes, ImmutableArray<(int, int)> Edges) Drawn(int seed, int count, int uses)
    {
        var random = new Random(seed);
        var edges = Enumerable.Range(1, Math.Max(0, count - 1)).SelectMany(to => Enumerable.Range(0, random.Next(uses + 1)).Select(_ => (random.Next(to), to))).Distinct();
        return ([.. Enumerable.Range(0, count).Select(_ => (20 + 200 * random.NextDouble(), 10 + 50 * random.NextDouble()))], [.. edges]);
    }

    [Fact]
    public void No_two_nodes_overlap_and_edges_go_down_from_box_to_box() => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue - 1) from count in Gen.Choose(0, 70) from uses in Gen.Choose(0, 4) select (seed, count, uses)).ToArbitrary(), drawn =>
        {
            var (sizes, edges) = Drawn(drawn.seed, drawn.count, drawn.uses);
            var layout = LayeredLayout.Of(sizes, edges);
            Assert.Equal(sizes, layout.Boxes.Select(b => (b.Width, b.Height)));
            for (var i = 0; i < layout.Boxes.Length; i++)
            {
                var a = layout.Boxes[i];
                Assert.InRange(a.X, -1e-9, layout.Width - a.Width + 1e-9);
                Assert.InRange(a.Y, -1e-9, layout.Height - a.Height + 1e-9);
                for (var j = 0; j < i; j++)
                {
                    var b = layout.Boxes[j];
                    Assert.True(a.Right <= b.X || b.Right <= a.X || a.Bottom <= b.Y || b.Bottom <= a.Y, $"{a} and {b} overlap");
                }
            }
            foreach (var ((from, to), points) in edges.Zip(layout.Edges))
            {
                var (start, end) = (layout.Boxes[from], layout.Boxes[to]);
                Assert.Equal(start.Bottom, points[0].Y);
                Assert.InRange(points[0].X, start.X, start.Right);
                Assert.Equal(end.Y, points[^1].Y);
                Assert.InRange(points[^1].X, end.X, end.Right);
                Assert.All(points.Zip(points.Skip(1)), p => Assert.True(p.First.Y < p.Second.Y, $"an edge goes from {p.First} to {p.Second}"));
                // It passes between the nodes of the layers that it crosses.
                Assert.All(points[1..^1], p => Assert.DoesNotContain(layout.Boxes, b => p.X > b.X && p.X < b.Right && p.Y > b.Y && p.Y < b.Bottom));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_chain_stands_in_a_line_and_what_is_given_to_it_at_its_side()
    {
        // 0, 2, 4 and 6 are the chain; 1, 3 and 5 are given to it.
        var layout = LayeredLayout.Of([.. Enumerable.Repeat((80.0, 40.0), 7)], [(0, 2), (1, 2), (2, 4), (3, 4), (4, 6), (5, 6)]);
        Assert.All((int[])[2, 4], i => Assert.InRange(Math.Abs(layout.Boxes[i].X - layout.Boxes[i + 2].X), 0, 20));
        Assert.Equal(layout.Boxes[2].Y, layout.Boxes[3].Y);
        Assert.Equal(layout.Boxes[4].Y, layout.Boxes[5].Y);
    }

    [Fact]
    public void Edges_cross_no_more_often_than_they_must()
    {
        // Two strands that were numbered across each other.
        var layout = LayeredLayout.Of([.. Enumerable.Repeat((50.0, 20.0), 6)], [(0, 3), (1, 2), (2, 5), (3, 4)]);
        bool Left(int a, int b) => layout.Boxes[a].X < layout.Boxes[b].X;
        Assert.Equal(Left(0, 1), Left(3, 2));
        Assert.Equal(Left(3, 2), Left(4, 5));
    }

    [Fact]
    public void An_edge_against_the_order_is_refused() =>
        Assert.Contains("from 1 to 0", Assert.Throws<ArgumentException>(() => LayeredLayout.Of([(1, 1), (1, 1)], [(1, 0)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Ten_times_as_many_nodes_take_about_ten_times_as_long()
    {
        double Seconds(int count)
        {
            var (sizes, _) = Drawn(1, count, 0);
            // A chain with a few strands beside it, as a network is.
            ImmutableArray<(int, int)> edges = [.. Enumerable.Range(1, count - 1).SelectMany(to => ((int[])[to - 1, to - 7]).Where(from => from >= 0).Select(from => (from, to)))];
            var fastest = double.PositiveInfinity;
            for (var i = 0; i < 3; i++)
            {
                var start = Stopwatch.GetTimestamp();
                LayeredLayout.Of(sizes, edges);
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            return fastest;
        }
        Seconds(300);
        var (few, many) = (Seconds(1000), Seconds(10000));
        // In quadratic time it would be a hundred times as long.
        Assert.True(many < 40 * few, $"{few} s and {many} s");
    }
}
