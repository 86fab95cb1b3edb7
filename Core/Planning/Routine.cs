namespace AutoDiffAE.Planning;

/// <summary>What a step does with its slots; a closed union that each backend implements whole (<see cref="IRoutineCases{R}"/>).</summary>
public abstract partial record Routine
{
    private protected Routine() { }

    public R Match<R>(IRoutineCases<R> cases) => Accept(cases);

    private protected abstract R Accept<R>(IRoutineCases<R> cases);
}
