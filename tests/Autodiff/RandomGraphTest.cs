using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

public sealed class RandomGraphTest
{
    [Fact]
    public void Gradients_of_random_graphs_are_what_differences_say() =>
        Case.ForAll(d =>
        {
            foreach (var y in GraphDraw.Graph(d, smooth: true)) GradientLaw.First(y + Zero(d), d, Oracle.Options);
        });

    [Fact]
    public void Second_derivatives_of_random_graphs_are_what_differences_say() =>
        Case.ForAll(d => GradientLaw.Second(GraphDraw.Graph(d, smooth: true)[0] + Zero(d), d, Oracle.Options), 100);

    /// <summary>Makes a graph depend on each of its inputs.</summary>
    private static Expr Zero(Draw d) =>
        d.Inputs.Select(i => i.Variable.Sum() * 0.0).Aggregate((a, b) => a + b);
}
