using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace AutoDiffAE.Properties;

/// <summary>A random case by its seed. Size bounds ranks, lengths and the number of nodes; shrinking makes it smaller.</summary>
public sealed record Case(int Seed, int Size)
{
    private static readonly Gen<Case> Generator =
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(1, 4)
        select new Case(seed, size);

    private static IEnumerable<Case> Smaller(Case c) => Enumerable.Range(1, c.Size - 1).Select(size => c with { Size = size });

    /// <summary>The cases are the same in every run: those of the seeds 1, 2 and 3, or of the one that AUTODIFFAE_SEED names.</summary>
    public static ImmutableArray<ulong> Seeds { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_SEED"), out var seed) ? [seed] : [1, 2, 3];

    /// <summary>Checks a law on <paramref name="count"/> random cases of each seed and throws on the smallest that breaks it.</summary>
    /// <exception cref="LawException">A case breaks it.</exception>
    public static void ForAll(Action<Draw> law, int count = 200) =>
        Check(Generator, Smaller, c => Graph.Origin.OfText(() => { law(new Draw(c)); return c; }), count, c => Inputs(law, new Draw(c)));

    /// <summary>What a law that fails had drawn by then.</summary>
    private static string Inputs(Action<Draw> law, Draw draw)
    {
        try { law(draw); }
        catch (Exception) { return $"{draw}"; }
        return "";
    }

    /// <summary>
    /// The same of samples made from cases, with a way to make them smaller. (What a law builds has no line of its own: to look for one at each node
    /// would take longer than the law.)
    /// </summary>
    /// <exception cref="LawException">A sample breaks it.</exception>
    public static void ForAll(Func<Case, Sample> sample, Func<Sample, IEnumerable<Sample>> smaller, Action<Sample> law, int count = 200) =>
        Check(Generator.Select(sample), smaller, s => Graph.Origin.OfText(() => { law(s); return s; }), count, s => $"{s}");

    private static void Check<T>(Gen<T> cases, Func<T, IEnumerable<T>> smaller, Action<T> law, int count, Func<T, string> print)
    {
        var failures = Seeds.AsParallel().AsOrdered().Select(seed =>
        {
            var verdict = new Verdict<T>(seed, law, print);
            Prop.ForAll(Arb.From(cases, smaller), law).Check(
                Config.Quick.WithMaxTest(count).WithReplay(new Replay(new Rnd(seed), FSharpOption<int>.None)).WithRunner(verdict));
            return verdict.Failure;
        }).OfType<LawException>().ToList();
        if (failures.Count > 0) throw failures[0];
    }

    /// <summary>What FsCheck says in the end, in our words.</summary>
    private sealed class Verdict<T>(ulong seed, Action<T> law, Func<T, string> print) : IRunner
    {
        public LawException? Failure { get; private set; }

        public void OnFinished(string name, TestResult result)
        {
            if (result is not TestResult.Failed failed) return;
            var smallest = (T)failed.Item3.Head;
            Exception? reason = null;
            try { law(smallest); }
            catch (Exception e) { reason = e; }
            Failure = new LawException(string.Create(CultureInfo.InvariantCulture,
                $"{(reason is LawException ? "" : $"{reason?.GetType().Name}: ")}{reason?.Message}\n\n{print(smallest)}\n\n(case {failed.Item1.NumberOfTests} of seed {seed}, made smaller {failed.Item1.NumberOfShrinks} times)"), reason);
        }

        public void OnStartFixture(Type t) { }
        public void OnArguments(int n, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) { }
        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> every) { }
    }
}
