using FsCheck;
using FsCheck.Fluent;

namespace AutoDiffAE.Properties;

/// <summary>A random case by its seed. Size bounds ranks, lengths and the number of nodes; shrinking makes it smaller.</summary>
public sealed record Case(int Seed, int Size)
{
    private static readonly Gen<Case> Generator =
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(1, 4)
        select new Case(seed, size);

    private static IEnumerable<Case> Smaller(Case c) => Enumerable.Range(1, c.Size - 1).Select(size => c with { Size = size });

    /// <summary>The cases are the same in every run, unless the environment variable AUTODIFFAE_SEED names another whole number.</summary>
    private static readonly ulong RunSeed = ulong.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_SEED"), out var seed) ? seed : 1;

    /// <summary>Checks a law on <paramref name="count"/> random cases and throws on the smallest that breaks it.</summary>
    public static void ForAll(Action<Draw> law, int count = 200) =>
        Prop.ForAll(Arb.From(Generator, Smaller), c => law(new Draw(c)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(new Replay(new Rnd(RunSeed), Microsoft.FSharp.Core.FSharpOption<int>.None)));
}
