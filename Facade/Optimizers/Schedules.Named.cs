namespace AutoDiffAE.Optimizers;

public static partial class Schedules
{
    private const double Tenth = 0.1, Hundredth = 0.01;

    private static readonly OrderedDictionary<string, Func<int, Schedule>> Known = new()
    {
        ["constant"] = _ => Constant,
        ["step"] = steps => Step(Math.Max(1, (steps + 2) / 3), Tenth),
        ["exponential"] = steps => Exponential(Hundredth, steps),
        ["cosine"] = steps => Cosine(steps),
    };

    private const string Cycle = "one-cycle";

    public static IEnumerable<string> Names => Known.Keys.Append(Cycle);

    /// <summary>
    /// A schedule of a training by its name, as on a command line: after the warm-up <c>constant</c>, <c>step</c> (a tenth after each third), <c>exponential</c>
    /// (down to a hundredth) or <c>cosine</c> (down to 0); or <c>one-cycle</c>, which rises during the warm-up, by default for 0.3 of the steps.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="steps">Of the training, the warm-up's too.</param>
    /// <param name="warmup">How many of them rise.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer steps than the schedule needs behind the warm-up.</exception>
    public static Schedule Named(string name, int steps, int warmup = 0) =>
        warmup < 0 || warmup >= steps ? throw new ArgumentOutOfRangeException(nameof(warmup), $"a warm-up of {warmup} steps cannot be had in a training of {steps}, a shorter one can")
        : name == Cycle ? warmup == 0 ? OneCycle(steps) : OneCycle(steps, (warmup + 1.0) / steps)
        : Known.TryGetValue(name, out var known) ? Warmup(warmup, known(steps - warmup))
        : throw new ArgumentException($"there is no schedule {name}, there are {string.Join(", ", Names)}");
}
