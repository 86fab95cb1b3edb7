using System.Text.RegularExpressions;

namespace AutoDiffAE.Planning;

/// <summary>What a step does with its slots; a closed union that each backend implements whole (<see cref="IRoutineCases{R}"/>).</summary>
public abstract partial record Routine
{
    private protected Routine() { }

    /// <summary>What it does, in a few words.</summary>
    public virtual string Summary() => Words().Replace(GetType().Name, " $1").TrimStart().ToLowerInvariant();

    public R Match<R>(IRoutineCases<R> cases) => Accept(cases);

    private protected abstract R Accept<R>(IRoutineCases<R> cases);

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Words();
}
