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
    private readonly Dictionary<Expr, int> _slotOf = [], _viewOf = [];
    private readonly ImmutableArray<Expr> _order;
    private readonly Fusion _fusion;
    private readonly Epilogues? _epilogues;
    private readonly CompileOptions _options;
    private readonly Pools _pools;
    private readonly Dictionary<Expr, Lowered> _lowered = [];
    private readonly Dictionary<(Expr Of, Axes Axes), Expr> _maxima = [];
    private readonly HashSet<Expr> _written = [];

    /// <param name="inputs">Variables whose values are handed in at each call.</param>
    /// <param name="variables">Variables whose values a store holds.</param>
    /// <param name="roots">What is computed into memory that is handed in: outputs, then next values of updates.</param>
    public static Plan Plan(ImmutableArray<Expr> inputs, ImmutableArray<Expr> variables, ImmutableArray<Expr> roots, CompileOptions? options = null) =>
        new Planner(roots, options ?? CompileOptions.Default).Run([.. inputs, .. variables], roots);

    private Planner(ImmutableArray<Expr> roots, CompileOptions options)
    {
        _options = options;
        var graph = Traversal.Topological(roots);
        var asked = roots.ToHashSet();
        foreach (var node in graph)
            if (node.Op is Op.Maximum m) _maxima.TryAdd((node.Args[0], m.Axes), node);
        _pools = options.Specialize ? new(graph, asked) : Pools.None;
        _fusion = new(Traversal.Topological(roots, Reads, graph.Length), Reads, Lower, asked, options.Fuse);
        _order = _fusion.Order(roots);
        _epilogues = options.Fuse ? new(_fusion, Lower, asked) : null;
    }

    private Plan Run(ImmutableArray<Expr> given, ImmutableArray<Expr> roots)
    {
        ImmutableArray<int> handed = [.. given.Select(v => _slotOf[v] = NewSlot(v.Shape, SlotRole.External))];
        ImmutableArray<int> asked = [.. roots.Select(r => NewSlot(r.Shape, SlotRole.External))];
        var copies = roots.Zip(asked).Where(r => !Claim(r.First, r.Second)).ToList();
        foreach (var node in _order) Place(node);
        foreach (var (root, slot) in copies) _steps.Add(CopyStep(root, slot));
        var plan = Schedule.Apply(new Plan(_slots.ToImmutable(), _steps.ToImmutable(), [.. handed, .. asked], ChecksIndices: _options.CheckIndices));
        if (_options.Fuse) plan = Updates.Apply(plan);
        return (_options.ReuseMemory, _options.InPlace) switch
        {
            (false, _) => plan with { ReusesMemory = false },
            (_, false) => plan,
            _ => InPlace.Apply(plan),
        };
    }

    /// <summary>Lets a root be computed right where it is asked for, unless its value lives elsewhere already.</summary>
    private bool Claim(Expr root, int slot)
    {
        if (_slotOf.ContainsKey(root)) return false;
        switch (Lower(root))
        {
            case Lowered.Given or Lowered.Known:
            case Lowered.View when !Claim(root.Args[0], NewView(slot, root.Args[0].Shape)):
                return false;
        }
        _slotOf[root] = slot;
        return true;
    }

    private void Place(Expr node)
    {
        if (_fusion.GroupOf(node) is { } group)
        {
            if (node == group[^1]) PlaceGroup(group);
            return;
        }
        switch (Lower(node))
        {
            case Lowered.Given when !_slotOf.ContainsKey(node):
                throw new InvalidOperationException($"{Printer.Short(node)} has no memory");
            case Lowered.Given or Lowered.Known:
            case Lowered.View or Lowered.ByStep when _epilogues?.Absorbs(node) == true:
            // Read through wherever they can be; stored only when somebody asks.
            case Lowered.ByStep { ReadThrough: true } when !_slotOf.ContainsKey(node):
            case Lowered.View when !_slotOf.ContainsKey(node) && View.Of(node) is not null:
                break;
            case Lowered.View:
                if (!_slotOf.ContainsKey(node)) _slotOf[node] = NewView(Stored(node.Args[0]), node.Shape, node.Args.Skip(1));
                else Stored(node.Args[0]);
                break;
            case Lowered.ByStep step:
                Emit(node, step);
                break;
            case Lowered.Replaced replaced:
                throw new InvalidOperationException($"{Printer.Short(node)} should have been replaced by {replaced.By}");
        }
    }

    private void PlaceGroup(ImmutableArray<Expr> group)
    {
        // What is made again wherever it is read is not made here.
        if (_fusion.Results(group).IsEmpty) return;
        var epilogue = _epilogues?.Of(group);
        var (routine, reads) = _fusion.Lower(group, epilogue?.Read);
        if (epilogue is not null) (routine, reads) = (epilogue.Followed(((Routine.Elementwise)routine).Body), epilogue.Factors.AddRange(reads[1..]));
        ImmutableArray<int> from = epilogue is not null ? [.. reads.Select(Stored)] : Read(reads, rows: routine is Routine.Reduction);
        _steps.Add(new Step(routine, from, [.. _fusion.Results(group).Select(Target)], Provenance(group[^1]), group[^1].Origin.Source));
    }

    /// <summary>The slots that a fused body reads: views where the memory of another node serves, what is stored elsewhere.</summary>
    /// <param name="nodes">What is read.</param>
    /// <param name="rows">Whether it has to be in rows.</param>
    private ImmutableArray<int> Read(ImmutableArray<Expr> nodes, bool rows)
    {
        var views = nodes.Select(n => _options.Fuse && !_slotOf.ContainsKey(n) ? View.Of(n) : null).ToList();
        // Axes can be cut in one way only.
        var cut = nodes.Zip(views).FirstOrDefault(n => n.Second is { View: var v } && v.Shape != n.First.Shape).Second?.View.Shape;
        bool Serves(Expr node, View view) => rows ? view.KeepsRows(node.Shape) : view.TurnsInBlocks && (view.Shape == node.Shape || view.Shape.Equals(cut));
        return [.. nodes.Zip(views, (node, found) => found is var (source, view) && Serves(node, view) ? Viewed(node, source, view) : Stored(node))];
    }

    private int Viewed(Expr node, Expr source, View view) =>
        _viewOf.TryGetValue(node, out var known) ? known : _viewOf[node] = NewView(Stored(source), node.Shape, view: view);

    /// <summary>The slot that holds a node's value, computing it now if so far it was only read through.</summary>
    private int Stored(Expr node)
    {
        if (_slotOf.TryGetValue(node, out var slot)) return slot;
        switch (Lower(node))
        {
            case Lowered.Known known:
                return _slotOf[node] = NewConstant(known.Value);
            case Lowered.ByStep step:
                Emit(node, step);
                return _slotOf[node];
            case Lowered.View when View.Of(node) is not null:
                return _slotOf[node] = NewView(Stored(node.Args[0]), node.Shape);
            default:
                throw new InvalidOperationException($"{Printer.Short(node)} was read before it was computed");
        }
    }

    private Lowered Lower(Expr node) =>
        _lowered.TryGetValue(node, out var known) ? known : _lowered[node] = node.Op.Match(new Lowering(node, op => MaximumOf(node, op), _pools));

    /// <summary>What a node is computed from: its arguments, or what its step reads in place of them. So what no step reads is not computed.</summary>
    private ImmutableArray<Expr> Reads(Expr node) => Lower(node) is Lowered.ByStep step ? step.Reads : node.Args;

    private void Emit(Expr node, Lowered.ByStep step)
    {
        ImmutableArray<Expr> writes = step.Writes.IsDefault ? [node] : step.Writes;
        if (_written.Contains(writes[0])) return;
        _written.UnionWith(writes);
        ImmutableArray<int> from = [.. step.Reads.Select(Stored)];
        _steps.Add(new Step(step.Routine, from, [.. writes.Select(Target)], Provenance(writes[0]), writes[0].Origin.Source));
    }

    /// <summary>The maxima beside which an indicator is found: the same node where the graph has it, else one of its own.</summary>
    private Expr MaximumOf(Expr node, Op.MaximumIndicator op) =>
        _maxima.TryGetValue((node.Args[0], op.Axes), out var maximum) ? maximum
        : _maxima[(node.Args[0], op.Axes)] = Expr.Of(new Op.Maximum(op.Axes, op.Ties), node.Args, node.Origin);

    private Step CopyStep(Expr root, int slot) => new(new Routine.Elementwise(Body.Copy), [Stored(root)], [slot], Provenance(root), root.Origin.Source);

    private int Target(Expr node) => _slotOf.TryGetValue(node, out var slot) ? slot : _slotOf[node] = NewSlot(_pools.At(node)?.Maximum.Shape ?? node.Shape, SlotRole.Temporary);

    private int NewSlot(Shape shape, SlotRole role)
    {
        _slots.Add(new Slot(_slots.Count, shape, role));
        return _slots.Count - 1;
    }

    private int NewView(int of, Shape shape, IEnumerable<Expr>? after = null, View? view = null)
    {
        Sequence<int>? awaited = after is null ? null : [.. after.SelectMany(Held).Distinct()];
        _slots.Add(new Slot(_slots.Count, shape, _slots[of].Role, of, null, awaited is { Count: > 0 } ? awaited : null, view));
        return _slots.Count - 1;
    }

    /// <summary>The slots that a node's value is found in, seen through what is only read through.</summary>
    private IEnumerable<int> Held(Expr node) => _slotOf.TryGetValue(node, out var slot) ? [slot] : node.Args.SelectMany(Held);

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
