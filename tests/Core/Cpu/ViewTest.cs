using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Slices, flips and permutations that bodies and their reductions read in place, at every width of vectors, against the same values stored first.</summary>
public class ViewTest
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 14, 17, 40, 130, 1100];

    /// <summary>A view of a variable of its own, of one to three movements.</summary>
    private static (Expr Variable, Expr View) Draw(Random random, string name, int[] wanted)
    {
        (Expr Variable, Expr View) drawn;
        do drawn = Any(random, name, wanted);
        while (drawn.Variable.Shape.Size.Value > 1 << 20);
        return drawn;
    }

    private static (Expr Variable, Expr View) Any(Random random, string name, int[] wanted)
    {
        // Movements are drawn from the last to the first, so that the view has the shape that is wanted.
        var shape = wanted;
        var moves = new Stack<Func<Expr, Expr>>();
        if (random.Next(3) == 0 && wanted.Any(n => n is 14 or 40))
        {
            var merged = Shape.Of(wanted);
            shape = [.. wanted.SelectMany(n => n is 14 or 40 ? new[] { n / 2, 2 } : [n])];
            moves.Push(x => x.Reshape(merged));
        }
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            if (random.Next(2) == 0)
            {
                int[] order = [.. Enumerable.Range(0, shape.Length)];
                random.Shuffle(order);
                var before = new int[shape.Length];
                for (var i = 0; i < order.Length; i++) before[order[i]] = shape[i];
                shape = before;
                moves.Push(x => x.Permute(order));
                continue;
            }
            var ranges = shape.Select(length =>
            {
                var step = random.Next(4) switch { 0 => -1, 1 when length < 100 => random.Next(2) == 0 ? 2 : -3, _ => 1 };
                var (front, back) = (random.Next(3), random.Next(3));
                var span = (length - 1) * Math.Abs(step) + 1;
                return (Range: new StridedRange(step > 0 ? front : front + span - 1, length, step), Before: front + span + back);
            }).ToArray();
            shape = [.. ranges.Select(r => r.Before)];
            moves.Push(x => Expr.Of(new Op.Slice(ranges.Select(r => r.Range).ToSequence()), [x]));
        }
        var variable = Expr.Variable(name, Shape.Of(shape));
        return (variable, moves.Aggregate(variable, (x, move) => move(x)));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Views_have_the_values_of_stored_copies(int bits)
    {
        var random = new Random(bits);
        var viewed = 0;
        for (var round = 0; round < 150; round++)
        {
            int[] sizes;
            do sizes = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Lengths[random.Next(Lengths.Length)])];
            while (sizes.Aggregate(1L, (a, b) => a * b) > 60000);
            var (dense, a, b) = (Expr.Variable("dense", Shape.Of(sizes)), Draw(random, "a", sizes), Draw(random, "b", [.. sizes.Select(n => random.Next(3) == 0 ? 1 : n)]));
            var body = a.View * 1.5 - b.View.BroadcastTo(dense.Shape) * dense;
            Expr[] roots = random.Next(3) switch
            {
                0 => [body.Sum([random.Next(sizes.Length)]), body],
                1 => [body.Max([sizes.Length - 1]), a.View.Sum([0])],
                _ => [body, body + dense],
            };
            Expr[] inputs = [dense, a.Variable, b.Variable];
            Tensor<double>[] values = [.. inputs.Select((v, i) => Tensor<double>.Build([.. v.Shape.Select(d => (int)d.Value!)], t => Philox.Normal(new Key((ulong)(round * 3 + i)), t)).Cast<float>().Cast<double>())];
            var plan = Planner.Plan([.. inputs], [], [.. roots]);
            viewed += plan.Slots.Count(s => s.View is not null);
            var separate = Planner.Plan([.. inputs], [], [.. roots], CompileOptions.Default with { Fuse = false });
            Assert.DoesNotContain(separate.Slots, s => s.View is not null);
            var what = $"{round}: ({string.Join(", ", sizes)}) of {Printer.Short(a.View)} {a.Variable.Shape} and {b.Variable.Shape}";
            var wanted = PlanRun.Of<double>(separate, values, new CpuBackend(1, (LaneWidth)bits));
            Near(wanted, PlanRun.Of<double>(plan, values, new CpuBackend(1, (LaneWidth)bits)), 1e-14, sizes, what);
            var single = PlanRun.Of<float>(plan, values, new CpuBackend(1, (LaneWidth)bits));
            Near(wanted, single, 1e-6, sizes, what);
            Assert.All(single.Zip(PlanRun.Of<float>(plan, values, new CpuBackend(3, (LaneWidth)bits))), p => Assert.Equal(p.First, p.Second));
        }
        Assert.InRange(viewed, 120, 500);
    }

    private static void Near(double[][] wanted, double[][] found, double tolerance, int[] sizes, string what)
    {
        var terms = Math.Sqrt(sizes.Aggregate(1, (a, b) => a * b));
        foreach (var (w, f) in wanted.Zip(found))
        {
            Assert.Equal(w.Length, f.Length);
            for (var i = 0; i < w.Length; i++)
                Assert.True(Math.Abs(f[i] - w[i]) <= tolerance * (Math.Abs(w[i]) + terms), $"{what} at {i}: {f[i]} in place of {w[i]}");
        }
    }
}
