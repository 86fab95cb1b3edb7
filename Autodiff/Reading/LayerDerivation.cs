using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>
/// A derivation of a screenful: a step for each layer, in which everything between two boundaries is taken together. Boundaries are values that have
/// names of their own: the outputs of a network's layers, the bindings of a text, and the cost.
/// </summary>
/// <param name="Cost">The cost's name.</param>
/// <param name="Layers">In the order in which they are computed.</param>
/// <param name="Gradients">The names of the variables asked for, and what the derivation calls their gradients.</param>
/// <param name="Remarks">What was left out, and what has no gradient.</param>
public sealed record LayerDerivation(string Cost, ImmutableArray<DerivedLayer> Layers, ImmutableArray<(string Variable, string Cotangent)> Gradients, ImmutableArray<string> Remarks)
{
    /// <param name="cost">A scalar.</param>
    /// <param name="wrt">Of which expressions the gradients are.</param>
    /// <param name="boundaries">Where layers end; the values with names of their own when none are given.</param>
    /// <exception cref="ShapeException">The cost is no scalar.</exception>
    public static LayerDerivation Of(Expr cost, IEnumerable<Expr> wrt, IReadOnlyList<(string Name, Expr Output)>? boundaries = null)
    {
        ImmutableArray<Expr> asked = [.. wrt];
        var opened = Composed.Opened([cost, .. asked, .. (boundaries ?? []).Select(b => b.Output)]);
        (cost, asked) = (opened[0], opened[1..(asked.Length + 1)]);
        if (cost.Rank > 0) throw new ShapeException($"a derivation begins at a number; {Printer.Short(cost)} has the shape {cost.Shape}");
        var given = (boundaries ?? []).Zip(opened[(asked.Length + 1)..], (b, e) => (e, b.Name)).DistinctBy(b => b.e).ToDictionary(b => b.e, b => b.Name);
        var order = Traversal.Topological([cost]);
        var ends = order.Where(e => e.Op is not Op.Literal && (e == cost || (boundaries is null ? e.Op is not Op.Variable && e.Origin.Name is not null : given.ContainsKey(e)))).ToImmutableArray();
        var names = NodeNames.Of(order.Where(e => e.Op is Op.Variable).Concat(asked).Concat(ends).Distinct(), cost, given);
        names.TryAdd(cost, "cost");
        return new Walk(cost, asked, order, ends, names).Derivation();
    }

    /// <summary>The walk back over layers.</summary>
    private sealed class Walk(Expr cost, ImmutableArray<Expr> asked, ImmutableArray<Expr> order, ImmutableArray<Expr> ends, IReadOnlyDictionary<Expr, string> names)
    {
        private readonly HashSet<string> _taken = new(names.Values, StringComparer.Ordinal);
        private readonly Dictionary<Expr, string> _cotangents = [];
        private readonly Dictionary<Expr, Expr> _standIns = names.ToDictionary(n => n.Key, n => Expr.Variable(n.Value, n.Key.Shape));

        public LayerDerivation Derivation()
        {
            HashSet<Expr> active = [.. asked];
            foreach (var node in order)
                if (node.Args.Any(active.Contains)) active.Add(node);
            Cotangent(cost);
            var layers = ends.Reverse().Select(end => Layer(end, active)).Reverse().ToImmutableArray();
            return new(names[cost], layers,
                [.. asked.Where(_cotangents.ContainsKey).Select(v => (names[v], _cotangents[v]))],
                [.. asked.Where(v => !_cotangents.ContainsKey(v)).Select(v => $"nothing reaches {names[v]}: small changes of it do not change {names[cost]}")]);
        }

        private string Cotangent(Expr node) => _cotangents.TryGetValue(node, out var name) ? name : _cotangents[node] = NodeNames.Fresh($"d{names[node]}", _taken);

        private DerivedLayer Layer(Expr end, HashSet<Expr> active)
        {
            bool IsEnd(Expr e) => e != end && names.ContainsKey(e);
            var inputs = Traversal.Topological([end], IsEnd).Where(IsEnd).ToImmutableArray();
            var local = Traversal.Replace([end], e => IsEnd(e) ? _standIns[e] : null)[0];
            var known = inputs.ToDictionary(e => _standIns[e], e => names[e]);
            var count = 0;
            string Part()
            {
                do count++;
                while (_taken.Contains($"t{count}"));
                return $"t{count}";
            }
            var forward = SharedFormulas.Of([local], known.GetValueOrDefault, Part);
            var layer = new DerivedLayer(end, names[end], LayerWords.Of(local), forward.Where, forward.Texts[0], end.Shape);
            if (!_cotangents.TryGetValue(end, out var own)) return layer;
            ImmutableArray<Expr> reached = [.. inputs.Where(active.Contains)];
            var seed = end == cost ? (Expr)1 : Expr.Variable(own, end.Shape);
            var results = Tape.Of(local, reached.Select(e => _standIns[e]), seed: seed).Results;
            List<(Expr Input, Expr Value)> given = [.. reached.Zip(results).Where(r => r.Second is not null).Select(r => (r.First, r.Second!))];
            var simple = Rewriter.Rewrite([local, .. given.Select(g => g.Value)], Composed.Readable).Roots;
            known.TryAdd(seed, own);
            known.TryAdd(simple[0], names[end]);
            count = 0;
            var read = SharedFormulas.Of(simple[1..], known.GetValueOrDefault, Part);
            return layer with
            {
                Cotangent = own,
                Parts = read.Where,
                Equations = [.. given.Select((g, i) => (Adds: _cotangents.ContainsKey(g.Input), Target: Cotangent(g.Input), g.Input, i)).Select(e => new DerivationEquation(e.Target, read.Texts[e.i], e.Adds, e.Input.Shape, simple[e.i + 1]))],
            };
        }
    }
}
