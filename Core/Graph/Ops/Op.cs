namespace AutoDiffAE.Graph;

/// <summary>
/// The structural operations, a closed union: everything elementwise is one case, <see cref="Map"/>. The derivative of each is made
/// of the others. A new case is refused by the compiler until every table (<see cref="IOpCases{R}"/>) has a row for it.
/// </summary>
public abstract partial record Op
{
    private protected Op() { }

    /// <summary>The word that prints and parses.</summary>
    public abstract string Name { get; }

    public R Match<R>(IOpCases<R> cases) => Accept(cases);

    // Abstract, so that no record outside this assembly can be a case, not even through the copy constructor.
    private protected abstract R Accept<R>(IOpCases<R> cases);
}
