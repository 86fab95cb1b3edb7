using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Optimizers;

/// <summary>One step of an optimizer as updates of the parameters and of its own variables.</summary>
public sealed record Recurrence(ImmutableArray<Update> Updates, ImmutableArray<StateVariable> State)
{
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
}
