using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

/// <summary>What runs in one pass and what cannot.</summary>
public sealed class FusionPlanTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 3, 70, 70);
    private static readonly Expr Y = Expr.Variable("y", "n", 3, 70, 70);

    private static Routine[] Routines(params Expr[] roots) =>
        [.. Planner.Plan([X, Y], [], Rewriter.Rewrite([.. roots]).Roots).Steps.Select(s => s.Routine)];

    private static string[] Names(params Expr[] roots) => [.. Routines(roots).Select(r => r.GetType().Name)];

    private static Routine.Reduction Single(params Expr[] roots) => Assert.IsType<Routine.Reduction>(Assert.Single(Routines(roots)));

    [Fact]
    public void A_reduction_takes_what_is_made_for_it()
    {
        Assert.Equal([Fold.Sum], Single((X - Y).Square().Sum()).Folds);
        Assert.Equal([Fold.Maximum], Single((X - Y).Max([1, 2])).Folds);
        Assert.Equal(["Sum"], Names(X.Sum([0])));
    }

    [Fact]
    public void A_value_that_is_wanted_is_stored_beside()
    {
        var difference = X - Y;
        Assert.Equal([Fold.None, Fold.Sum], Single(difference, difference.Square().Sum()).Folds);
        Assert.Equal([Fold.None, Fold.Sum], Single(difference, difference.Sum([0, 2, 3])).Folds);
        Assert.Equal(["Reduction", "Permute"], Names(difference.Square().Sum(), difference.Permute(3, 2, 1, 0)));
    }

    [Fact]
    public void Reductions_over_the_same_axes_of_the_same_values_are_one_pass()
    {
        Assert.Equal([Fold.Sum, Fold.Sum], Single(X.Sum([0, 2, 3]), (X * Y).Sum([0, 2, 3])).Folds);
        Assert.Equal([Fold.Maximum, Fold.Sum], Single(X.Max([1, 2, 3]), X.Sum([1, 2, 3])).Folds.Order().Reverse());
        Assert.Equal(["Sum", "Sum"], Names(X.Sum([0]), X.Sum([1])));
        Assert.Equal(["Sum", "Sum"], Names(X.Sum([0]), Y.Sum([0])));
    }

    [Fact]
    public void Passes_over_the_same_values_are_one()
    {
        var body = Assert.IsType<Routine.Elementwise>(Assert.Single(Routines(X.Tanh(), X * Y))).Body;
        Assert.Equal((2, 2), (body.Reads, body.Results.Count));
        Assert.Equal(["Elementwise", "Elementwise"], Names(X.Tanh(), Y.Tanh()));
        var small = Expr.Variable("small", 4, 5);
        Assert.Equal(2, Assert.IsType<Routine.Several>(Assert.Single(Planner.Plan([small], [], [small.Tanh(), small.Exp()]).Steps).Routine).Bodies.Count);
    }

    [Fact]
    public void What_waits_for_a_reduction_is_another_pass()
    {
        Assert.Equal(["Reduction", "Elementwise"], Names(X.Sigmoid() / X.Sigmoid().Sum([3], keepDims: true)));
        Assert.Equal(["Maximum", "Reduction", "Elementwise"], Names(X.Softmax()));
        var (mean, shifted) = (X.Mean([0, 2, 3], keepDims: true), X - X.Mean([0, 2, 3], keepDims: true));
        var reductions = Routines(shifted / shifted.Square().Mean([0, 2, 3], keepDims: true).Sqrt()).Count(r => r is Routine.Sum or Routine.Reduction);
        Assert.Equal(2, reductions);
    }

    [Fact]
    public void A_path_through_another_step_keeps_passes_apart()
    {
        var first = X.Tanh();
        // The second reads x too, but waits for a permutation of the first, which it reads in place.
        Assert.Equal(["Elementwise", "Elementwise"], Names(first, X * first.Permute(0, 1, 3, 2)));
        // Over an axis of length 1 a sum has its argument's shape and still has to be complete.
        var row = Expr.Variable("row", 5000, 1);
        var sum = row.Tanh().Sum([1], keepDims: true);
        var plan = Planner.Plan([row], [], [row * sum]);
        Assert.Equal(sum.Shape, row.Shape);
        Assert.InRange(plan.Steps.Length, 1, 2);
    }

    [Fact]
    public void What_little_work_makes_again_is_not_stored()
    {
        // The mean's pass and the variance's and the last one each read x; nothing but the answer is written.
        var bias = Expr.Variable("bias", 3, 1, 1);
        var biased = X + bias;
        var centred = biased - biased.Mean([0, 2, 3], keepDims: true);
        var normal = centred / (centred.Square().Mean([0, 2, 3], keepDims: true) + 1e-5).Sqrt();
        var plan = Planner.Plan([X, bias], [], Rewriter.Rewrite([normal.Relu()]).Roots);
        Assert.Equal(1, plan.Steps.Sum(s => s.Writes.Count(w => plan.Slots[w].Shape == X.Shape)));
        // What is asked for, or read by a step of another kind, is.
        plan = Planner.Plan([X, bias], [], Rewriter.Rewrite([normal.Relu(), biased.Permute(3, 2, 1, 0), centred]).Roots);
        Assert.Equal(3, plan.Steps.Sum(s => s.Writes.Count(w => plan.Slots[w].Shape == X.Shape)));
    }

    [Fact]
    public void Slices_flips_and_permutations_are_read_in_place()
    {
        var cut = Expr.Variable("cut", 5, 40, 60);
        var flipped = Expr.Of(new Op.Slice([new(4, 3, -1), new(0, 20, 2), new(10, 50)]), [cut]);
        ImmutableArray<Plan> plans =
        [
            .. new[] { flipped.Tanh(), flipped.Permute(2, 0, 1).Exp(), flipped.Permute(2, 0, 1).Reshape(50, 60) + 1, (flipped * flipped).Sum(), flipped.Sum([2]) }
                .Select(root => Planner.Plan([cut], [], [root])),
        ];
        Assert.All(plans, plan => Assert.NotNull(plan.Slots[Assert.Single(Assert.Single(plan.Steps).Reads)].View));
        // A reduction runs along rows.
        Assert.Equal(["Permute", "Reduction"], Names(X.Permute(0, 1, 3, 2).Exp().Sum()));
        // Nothing else reads a view: it is stored once for the product, and the pass reads that or the other.
        var square = Expr.Variable("square", 40, 40);
        var turned = Expr.Of(new Op.Slice([new(39, 40, -1), new(39, 40, -1)]), [square]);
        var both = Planner.Plan([square], [], [turned.Tanh(), turned.MatMul(turned)]);
        Assert.Equal(["Elementwise", "Product", "Slice"], both.Steps.Select(s => s.Routine.GetType().Name).Order());
        // A windows' permutation is none.
        Assert.DoesNotContain(Planner.Plan([X, Y], [], Rewriter.Rewrite([(X.MaxPool(2, 3) + 1).Sum()]).Roots).Slots, s => s.View is not null);
    }

    [Fact]
    public void What_is_read_in_another_order_is_not_written_over()
    {
        // Each could write over the product, were it not read flipped as well.
        var product = X.MatMul(Y);
        var flipped = Expr.Of(new Op.Slice([StridedRange.All("n"), StridedRange.All(3), new(69, 70, -1), StridedRange.All(70)]), [product]);
        var plan = Planner.Plan([X, Y], [], [(product * flipped).MatMul(Y)]);
        Assert.Equal(2, plan.Steps.Count(s => s.Routine is Routine.Product));
        Assert.Contains(plan.Slots, s => s.View is not null);
        Assert.DoesNotContain(plan.Steps, s => s.Routine is Routine.Elementwise && plan.Slots[s.Writes[0]].Of is not null);
    }

    [Fact]
    public void Small_updates_are_one_step()
    {
        Expr[] parameters = [.. new[] { 7, 300, 1 << 16, 40 }.Select((n, i) => Expr.Variable($"p{i}", n))];
        var rate = Expr.Variable("rate");
        var plan = Planner.Plan([], [.. parameters, rate], [.. parameters.Select(p => p - rate * p.Square())]);
        Assert.Equal([1, 3], plan.Steps.Select(s => s.Writes.Length).Order());
        var several = Assert.IsType<Routine.Several>(plan.Steps.Single(s => s.Writes.Length == 3).Routine);
        Assert.All(several.Bodies, b => Assert.Equal(several.Bodies[0], b));
        // What a later step reads is written by then.
        plan = Planner.Plan([], [.. parameters, rate], [parameters[0].Tanh(), parameters[1].Tanh(), parameters[3] * parameters[0].Tanh().Sum() + parameters[1].Tanh().Sum()]);
        var written = new HashSet<int>();
        foreach (var step in plan.Steps)
        {
            Assert.All(step.Reads, r => Assert.True(plan.Slots[r].Role == SlotRole.Constant || plan.External.Take(5).Contains(plan.Root(r)) || written.Contains(plan.Root(r))));
            written.UnionWith(step.Writes.Select(plan.Root));
        }
        Assert.DoesNotContain(Planner.Plan([], [.. parameters, rate], [.. parameters.Select(p => p - rate)], CompileOptions.Default with { Fuse = false }).Steps, s => s.Routine is Routine.Several);
    }

    [Fact]
    public void The_order_holds_in_random_graphs()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var nodes = new List<Expr> { X, Y };
            Expr Any() => nodes[random.Next(nodes.Count)];
            for (var i = 0; i < 40; i++)
                nodes.Add(random.Next(7) switch
                {
                    0 => Any() - Any().Sum([0, 2, 3], keepDims: true).BroadcastTo(X.Shape),
                    1 => Any() * Any().Max([1], keepDims: true).BroadcastTo(X.Shape),
                    2 => Any().Permute(0, 1, 3, 2),
                    3 => Any().Sum().BroadcastTo(X.Shape) + Any(),
                    4 => Any().Tanh(),
                    _ => Any() + Any() * Any(),
                });
            // A step that reads what is not there yet throws.
            var plan = Planner.Plan([X, Y], [], [.. nodes.TakeLast(3), nodes[^1].Sum()]);
            var written = plan.External.Take(2).ToHashSet();
            foreach (var step in plan.Steps)
            {
                Assert.All(step.Reads, r => Assert.True(plan.Slots[r].Role == SlotRole.Constant || written.Contains(plan.Root(r))));
                written.UnionWith(step.Writes.Select(plan.Root));
            }
        }
    }

    [Fact]
    public void It_can_be_left_out()
    {
        var roots = Rewriter.Rewrite([(X - Y).Square().Sum(), X.Sum([0]), X.Tanh()]).Roots;
        Assert.DoesNotContain(Planner.Plan([X, Y], [], roots, CompileOptions.Default with { Fuse = false }).Steps, s => s.Routine is Routine.Reduction || s.Writes.Length > 1);
    }
}
