using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Training;

public class BatchTests
{
    private static readonly Tensor<float> Images = Tensor<float>.Of(Enumerable.Range(0, 128 * 2 * 3 * 4).Select(i => (float)i), 128, 2, 3, 4);

    private enum View { Same, Mirrored, Inverted, Both, Other }

    private static View Seen(Tensor<float> before, Tensor<float> after, int image)
    {
        bool Is(bool mirrored, bool inverted) => (
            from c in Enumerable.Range(0, 2)
            from y in Enumerable.Range(0, 3)
            from x in Enumerable.Range(0, 4)
            select after[image, c, y, x] == before[image, c, inverted ? 2 - y : y, mirrored ? 3 - x : x]).All(same => same);
        return Is(false, false) ? View.Same : Is(true, false) ? View.Mirrored : Is(false, true) ? View.Inverted : Is(true, true) ? View.Both : View.Other;
    }

    [Fact]
    public void Exactly_half_is_mirrored_and_another_half_inverted()
    {
        var flipped = FlipHalf.Apply(new Key(5), Images);
        var views = Enumerable.Range(0, 128).Select(i => Seen(Images, flipped, i)).ToList();
        Assert.DoesNotContain(View.Other, views);
        Assert.Equal(64, views.Count(v => v is View.Mirrored or View.Both));
        Assert.Equal(64, views.Count(v => v is View.Inverted or View.Both));
        Assert.All(new[] { View.Same, View.Mirrored, View.Inverted, View.Both }, v => Assert.InRange(views.Count(w => w == v), 16, 48));
    }

    [Fact]
    public void Flips_are_functions_of_the_key()
    {
        Assert.Equal(FlipHalf.Apply(new Key(5), Images).Span.ToArray(), FlipHalf.Apply(new Key(5), Images).Span.ToArray());
        Assert.NotEqual(FlipHalf.Apply(new Key(5), Images).Span.ToArray(), FlipHalf.Apply(new Key(6), Images).Span.ToArray());
    }

    [Fact]
    public void Flips_from_memory_to_memory_are_the_same_and_write_over_all_of_it()
    {
        var (batch, result) = (new Buffer<float>(Images), new Buffer<float>(Images.Sizes));
        result.Span.Fill(float.NaN);
        FlipHalf.Apply(new Key(5), batch, result);
        Assert.Equal(FlipHalf.Apply(new Key(5), Images).Span.ToArray(), result.Span.ToArray());
        Assert.Equal(Images.Span.ToArray(), batch.Span.ToArray());
        Assert.Contains("cannot be flipped", Assert.Throws<ArgumentException>(() => FlipHalf.Apply(new Key(5), Images.Reshape(128, 24))).Message);
    }

    [Fact]
    public void Flips_as_a_graph_are_the_same()
    {
        var chosen = FlipHalf.Transform.Chosen!;
        var (batch, choices) = (Expr.Variable("batch", Shapes.Shape.Of([.. Images.Sizes])), Expr.Variable("chosen", 128, chosen.Each));
        var drawn = Tensor<float>.Build([128, chosen.Each], values => chosen.Draw(new Key(5), 128, values));
        var flipped = Compiler.Compile<float>(new Computation([batch, choices], [chosen.Of(batch, choices)])).Invoke(Images, drawn)[0];
        Assert.Equal(FlipHalf.Apply(new Key(5), Images).Span.ToArray(), flipped.Span.ToArray());
    }

    [Fact]
    public void A_batch_takes_no_memory()
    {
        var (batch, result) = (new Buffer<float>(Images), new Buffer<float>(Images.Sizes));
        var positions = Enumerable.Range(0, 128).Reverse().ToArray();
        Examples examples = Images;
        void Step(ulong key)
        {
            Batches.Gather(examples, positions, batch.Span);
            FlipHalf.Apply(new Key(key), batch, result);
        }
        Step(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step(2);
        // Which images are flipped, not the images: these are 12 kB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Fact]
    public void An_epoch_meets_every_example_once_in_an_order_of_its_own()
    {
        var (first, second) = (Batches.Order(new Key(1), 1, 300), Batches.Order(new Key(1), 2, 300));
        Assert.Equal(Enumerable.Range(0, 300), first.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, Batches.Order(new Key(1), 1, 300));
        Assert.Equal(3, Batches.Count(300, 128));
        Assert.Equal(2, Batches.Count(256, 128));
    }

    [Fact]
    public void Gathering_copies_whole_examples()
    {
        var values = new float[2 * 24];
        Batches.Gather(Images, [7, 0], values);
        Assert.Equal(Enumerable.Range(7 * 24, 24).Concat(Enumerable.Range(0, 24)).Select(i => (float)i), values);
    }
}
