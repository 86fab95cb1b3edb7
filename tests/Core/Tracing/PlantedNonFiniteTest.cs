using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tracing;
using Xunit;

namespace AutoDiffAE.Tests.Core.Tracing;

/// <summary>Random graphs, all of whose numbers are finite, and the same with a number that is not at a random node.</summary>
public sealed class PlantedNonFiniteTest
{
    private const int Cases = 100;

    private static Sample Graph(Case c) => Sample.Of(c, d => GraphDraw.Graph(d, smooth: false, Oracle.Options.Evaluator));

    private static NonFiniteTrace? Traced(IEnumerable<Expr> outputs, Sample sample, bool single)
    {
        var computation = new Computation([.. sample.Inputs.Select(i => i.Variable)], [.. outputs]);
        return single
            ? Compiler.Compile<float>(computation).TraceNonFinite([.. sample.Inputs.Select(i => i.Value.Cast<float>())])
            : Compiler.Compile<double>(computation).TraceNonFinite([.. sample.Inputs.Select(i => i.Value)]);
    }

    [Fact]
    public void What_is_finite_gives_none() => Case.ForAll(Graph, _ => [], s => Assert.Null(Traced(s.Outputs, s, single: false)), Cases);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_planted_node_is_named(bool single)
    {
        var (planted, later) = (0, 0);
        Case.ForAll(Graph, _ => [], s =>
        {
            var draw = s.Directions();
            var places = Traversal.Topological(s.Outputs).Where(n => n.Op is not (Op.Literal or Op.Constant or Op.SizeOf or Op.Iota)).ToList();
            if (places.Count == 0) return;
            var (place, kind) = (draw.Pick(places), draw.Pick(Enum.GetValues<NonFiniteKind>()));
            Expr? made = null;
            Expr Planted(Expr node)
            {
                var zero = node - node;
                made = kind switch { NonFiniteKind.NaN => zero / zero, NonFiniteKind.PositiveInfinity => 1 / zero, _ => zero.Log() };
                return node + made;
            }
            var outputs = Traversal.Rebuild(s.Outputs, (node, args) => node.With(args) is var same && node == place ? Planted(same) : same);
            NonFiniteTrace? trace;
            // A number that is no index is refused before anything is traced.
            try { trace = Traced(outputs, s, single); }
            catch (IndexException) { return; }
            Interlocked.Increment(ref planted);
            var first = trace!.First!;
            if (first.Node == made)
            {
                Assert.Equal((kind, first.Value.Length), (first.Kind, first.Count));
                Assert.All(first.Inputs, i => Assert.True(i.Range.IsFinite));
                return;
            }
            // tanh(-∞) = -1 is finite, and what comes of it may not be: then that is the first from which a result has it.
            Interlocked.Increment(ref later);
            Assert.True(trace.Reaches);
            Assert.True(first.Node.Op is Op.Map ? first.Inputs.All(i => double.IsFinite(i.At!.Value)) : first.Inputs.All(i => i.Range.IsFinite));
        }, Cases);
        Assert.InRange(planted, Cases * Case.Seeds.Length / 2, int.MaxValue);
        Assert.InRange(later, 0, planted / 20);
    }
}
