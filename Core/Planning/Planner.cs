using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Planning;

/// <summary>From a rewritten graph of primitive operations to a plan: which values are stored, where, and by which routine.</summary>
internal sealed class Planner
{
    private readonly ImmutableArray<Slot>.Builder _slots = ImmutableArray.CreateBuilder<Slot>();
    private readonly ImmutableArray<Step>.Builder _steps = ImmutableArray.CreateBuilder<Step>();
    private readonly Dictionary<Expr, int> _slotOf = new(ReferenceEqualityComparer.Instance);
    private readonly Fusion _fusion;

    /// <param name="inputs">Variables whose values are handed in at each call.</param>
    /// <param name="variables">Variables whose values a store holds.</param>
    /// <param name="roots">What is computed into memory that is handed in: outputs, then next values of updates.</param>
    public static Plan Plan(ImmutableArray<Expr> inputs, ImmutableArray<Expr> variables, ImmutableArray<Expr> roots) =>
        new Planner(roots).Run([.. inputs, .. variables], roots);

    private Planner(ImmutableArray<Expr> roots) => _fusion = new(
        Traversal.Topological(roots), roots.ToHashSet((IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance));

    private Plan Run(ImmutableArray<Expr> given, ImmutableArray<Expr> roots)
    {
        ImmutableArray<int> handed = [.. given.Select(v => _slotOf[v] = NewSlot(v.Shape, SlotRole.External))];
        ImmutableArray<int> asked = [.. roots.Select(r => NewSlot(r.Shape, SlotRole.External))];
        var copies = roots.Zip(asked).Where(r => !Claim(r.First, r.Second)).ToList();
        foreach (var node in Traversal.Topological(roots)) Place(node);
        foreach (var (root, slot) in copies) _steps.Add(CopyStep(root, slot));
        return new Plan(_slots.ToImmutable(), _steps.ToImmutable(), [.. handed, .. asked]);
    }

    /// <summary>Lets a root be computed right where it is asked for, unless its value lives elsewhere already.</summary>
    private bool Claim(Expr root, int slot)
    {
        if (_slotOf.ContainsKey(root)) return false;
        if (root.Op is Op.Reshape)
        {
            if (!Claim(root.Args[0], NewView(slot, root.Args[0].Shape))) return false;
        }
        else if (root.Op is Op.Variable or Op.Constant or Op.Literal) return false;
        _slotOf[root] = slot;
        return true;
    }

    private void Place(Expr node)
    {
        switch (node.Op)
        {
            case Op.Variable when !_slotOf.ContainsKey(node):
                throw new InvalidOperationException($"{Printer.Short(node)} has no memory");
            case Op.Variable or Op.Literal or Op.Constant:
                break;
            case Op.Map:
                if (_fusion.EndingAt(node) is { } group) PlaceGroup(group);
                break;
            // Read through wherever they can be; stored only when somebody asks.
            case Op.BroadcastTo or Op.Permute when !_slotOf.ContainsKey(node):
                break;
            case Op.Reshape:
                if (!_slotOf.ContainsKey(node)) _slotOf[node] = NewView(Stored(node.Args[0]), node.Shape);
                else Stored(node.Args[0]);
                break;
            default:
                Emit(node);
                break;
        }
    }

    private void PlaceGroup(ImmutableArray<Expr> group)
    {
        var (body, reads) = _fusion.Lower(group);
        ImmutableArray<int> from = [.. reads.Select(Stored)];
        _steps.Add(new Step(new Routine.Elementwise(body), from, [.. _fusion.Results(group).Select(Target)], Provenance(group[^1])));
    }

    /// <summary>The slot that holds a node's value, computing it now if so far it was only read through.</summary>
    private int Stored(Expr node)
    {
        if (_slotOf.TryGetValue(node, out var slot)) return slot;
        switch (node.Op)
        {
            case Op.Literal literal: return _slotOf[node] = NewConstant(Tensor<double>.Scalar(literal.Value));
            case Op.Constant constant: return _slotOf[node] = NewConstant(constant.Value);
            default:
                Emit(node);
                return _slotOf[node];
        }
    }

    private void Emit(Expr node)
    {
        var (routine, reads) = Lowered(node);
        ImmutableArray<int> from = [.. reads.Select(Stored)];
        _steps.Add(new Step(routine, from, [Target(node)], Provenance(node)));
    }

    private (Routine Routine, ImmutableArray<Expr> Reads) Lowered(Expr node) => node.Op switch
    {
        Op.SizeOf s => (new Routine.Length(s.Length), []),
        Op.Sum s => (new Routine.Sum(s.Axes), node.Args),
        Op.Maximum m => (new Routine.Maximum(m.Axes), node.Args),
        Op.MaximumIndicator m => (new Routine.MaximumIndicator(m.Axes, m.Ties), [node.Args[0], MaximumOf(node, m)]),
        Op.MatMul => Product(node),
        Op.Convolution c => (new Routine.Convolution(c.Form, c.Open), node.Args),
        Op.Permute p => (new Routine.Permute(p.Order), node.Args),
        Op.BroadcastTo => (new Routine.Elementwise(Body.Copy), node.Args),
        Op.Slice s => (new Routine.Slice(s.Ranges), node.Args),
        Op.Pad p => (new Routine.Pad(p.Ranges), node.Args),
        Op.Concatenate c => (new Routine.Concatenate(c.Axis), node.Args),
        _ => throw new InvalidOperationException($"{node.Op.Name} has no routine"),
    };

    /// <summary>The maxima beside which an indicator is found: the same node where the graph has it, else one of its own.</summary>
    private Expr MaximumOf(Expr node, Op.MaximumIndicator op) =>
        _slotOf.Keys.FirstOrDefault(e => e.Op is Op.Maximum m && m.Axes.Equals(op.Axes) && e.Args[0] == node.Args[0])
        ?? Expr.Of(new Op.Maximum(op.Axes, op.Ties), node.Args, node.Origin);

    /// <summary>A transposition before a product is read in place.</summary>
    private static (Routine, ImmutableArray<Expr>) Product(Expr node)
    {
        var (a, transposeA) = Untransposed(node.Args[0]);
        var (b, transposeB) = Untransposed(node.Args[1]);
        return (new Routine.Product(transposeA, transposeB), [a, b]);
    }

    private static (Expr, bool) Untransposed(Expr e) => e.Op is Op.Permute p && SwapsLastTwo(p.Order) ? (e.Args[0], true) : (e, false);

    private static bool SwapsLastTwo(Axes order) =>
        order.SequenceEqual([.. Enumerable.Range(0, order.Count - 2), order.Count - 1, order.Count - 2]);

    private Step CopyStep(Expr root, int slot) => new(new Routine.Elementwise(Body.Copy), [Stored(root)], [slot], Provenance(root));

    private int Target(Expr node) => _slotOf.TryGetValue(node, out var slot) ? slot : _slotOf[node] = NewSlot(node.Shape, SlotRole.Temporary);

    private int NewSlot(Shape shape, SlotRole role)
    {
        _slots.Add(new Slot(_slots.Count, shape, role));
        return _slots.Count - 1;
    }

    private int NewView(int of, Shape shape)
    {
        _slots.Add(new Slot(_slots.Count, shape, _slots[of].Role, of));
        return _slots.Count - 1;
    }

    private int NewConstant(Tensor<double> value)
    {
        _slots.Add(new Slot(_slots.Count, value.Shape, SlotRole.Constant, null, value));
        return _slots.Count - 1;
    }

    private static string Provenance(Expr node) => node.Origin switch
    {
        { Scope: { } scope } => $"{scope}: {Printer.Short(node)}",
        _ => Printer.Short(node),
    };
}
