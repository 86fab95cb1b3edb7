using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Optimizers;

/// <summary>One step of an optimizer as updates of the parameters and of its own variables.</summary>
public sealed record Recurrence(ImmutableArray<Update> Updates, ImmutableArray<StateVariable> State)
{
    internal const string Rate = "learning_rate", Steps = "steps";

    /// <summary>For each parameter of which an average is kept, the average; before the first step the parameter itself.</summary>
    public ImmutableDictionary<Expr, Expr> Averages { get; init; } = ImmutableDictionary<Expr, Expr>.Empty;

    /// <summary>A variable of the state by its name, to be set in a store: a new rate needs no new compilation.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public Expr this[string name] => State.FirstOrDefault(s => s.Name == name)?.Variable
        ?? throw new ArgumentException($"this optimizer has no variable {name}, it has {string.Join(", ", State.Select(s => s.Name))}");

    /// <summary>Puts the state's values at the start into a store.</summary>
    public void Initialize<T>(Store<T> store) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (_, variable, initial) in State)
            store[variable] = Tensor<T>.Full(T.CreateTruncating(initial), variable.Shape.Evaluate(ImmutableDictionary<string, long>.Empty));
    }

    /// <summary>An expression of the parameters as one of their averages: a network evaluated with them.</summary>
    public Expr Averaged(Expr e) => Traversal.Substitute([e], Averages)[0];

    /// <summary>The same with other next values of some variables.</summary>
    public Recurrence Changing(IEnumerable<Expr> variables, Func<Update, Expr> next)
    {
        var changed = variables.ToHashSet();
        return this with { Updates = [.. Updates.Select(u => changed.Contains(u.Variable) ? u with { Next = next(u) } : u)] };
    }

    /// <summary>The same with a node replaced wherever it is read.</summary>
    public Recurrence Reading(Expr node, Expr replacement)
    {
        var next = Traversal.Substitute(Updates.Select(u => u.Next), new Dictionary<Expr, Expr> { [node] = replacement });
        return this with { Updates = [.. Updates.Zip(next, (u, n) => u with { Next = n })] };
    }

    /// <summary>The same with further variables and their updates.</summary>
    /// <exception cref="ArgumentException">There is a variable of such a name already: checkpoints go by names.</exception>
    public Recurrence And(IEnumerable<StateVariable> state, IEnumerable<Update> updates)
    {
        ImmutableArray<StateVariable> all = [.. State, .. state];
        return all.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }
            ? throw new ArgumentException($"this optimizer has a variable {twice} already: it cannot be wrapped so twice")
            : this with { State = all, Updates = [.. Updates, .. updates] };
    }

    /// <summary>The same with a count of the steps before the current one: its own, where it has one.</summary>
    internal (Recurrence Counting, Expr Steps) Counted()
    {
        if (State.FirstOrDefault(s => s.Name == Steps) is { Variable: var counted }) return (this, counted);
        var steps = StateVariable.Scalar(Steps, 0);
        return (And([steps], [new(steps.Variable, steps.Variable + 1)]), steps.Variable);
    }
}
