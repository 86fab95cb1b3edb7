using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>After each call the variable, kept in a store, takes the value of the expression: theano's updates.</summary>
public sealed record Update(Expr Variable, Expr Next);

/// <summary>What is to be compiled: outputs as functions of inputs, and updates of variables that live in a store.</summary>
public sealed record Computation(ImmutableArray<Expr> Inputs, ImmutableArray<Expr> Outputs, ImmutableArray<Update> Updates)
{
    public Computation(ImmutableArray<Expr> inputs, ImmutableArray<Expr> outputs) : this(inputs, outputs, []) { }
}
