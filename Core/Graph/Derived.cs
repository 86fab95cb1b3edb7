namespace AutoDiffAE.Graph;

/// <summary>What a derivation built an expression for. It holds outside equality, as the rest of an <see cref="Origin"/> does.</summary>
/// <param name="Node">The node that is differentiated.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Step">The step of the derivation, from 1.</param>
/// <param name="Forwards">Whether tangents are pushed forward; else cotangents are pulled back.</param>
public sealed record Derived(Expr Node, string Rule, int Step, bool Forwards = false);
