using System.Diagnostics;
using System.Globalization;
using AutoDiffAE.Data;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Facade.Data;

/// <summary>
/// Files that were damaged, or made to do damage. The environment variable AUTODIFFAE_MUTATIONS says how many of each format are tried; each is a function
/// of its number, which a failure names.
/// </summary>
public sealed class HostileFilesTest(ITestOutputHelper output) : IDisposable
{
    private const long Beyond = 100_000_000;

    private static readonly int Mutations = int.Parse(Environment.GetEnvironmentVariable("AUTODIFFAE_MUTATIONS") ?? "2000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private long _most;

    public static TheoryData<string> Formats => [.. HostileFormat.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_gives_a_right_answer_or_an_error_of_one_line(string name)
    {
        var format = HostileFormat.All[name];
        var (read, refused, number) = (0, 0, 0);
        Exception? fault = null;
        // A thread of its own, so that a hang is seen from outside.
        var thread = new Thread(() =>
        {
            try
            {
                for (; Volatile.Read(ref number) < Mutations; Interlocked.Increment(ref number))
                    if (Tried(format, number)) read++;
                    else refused++;
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        for (var (last, since) = (-1, Stopwatch.StartNew()); !thread.Join(50);)
        {
            if (number != last) (last, since) = (number, Stopwatch.StartNew());
            Assert.True(since.Elapsed < Each, $"{name}, mutation {number}: takes longer than {Each.TotalSeconds} s");
        }
        Assert.True(fault is null, $"{name}, mutation {number}: {fault}");
        output.WriteLine($"{name}: {read} of {Mutations} read, {refused} refused, at most {_most / 1e6:0.0} MB of memory for one");
        // Were all refused, or none, the mutations would be too wild or too tame to show anything.
        Assert.True(read > Mutations / 200 && refused > Mutations / 200, $"{name}: {read} read, {refused} refused");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_undamaged_files_are_read(string name)
    {
        var format = HostileFormat.All[name];
        Assert.All(format.Inner, inner => format.Read(format.Wrap?.Invoke(inner) ?? inner, _folder.At("file")));
    }

    /// <summary>Whether the file was read; false where it was refused.</summary>
    private bool Tried(HostileFormat format, int number)
    {
        var random = new Random(number);
        var (file, other) = (format.Inner[random.Next(format.Inner.Length)], format.Inner[random.Next(format.Inner.Length)]);
        var bytes = format.Wrap is not { } wrap ? Mutation.Of(file, other, random)
            : random.Next(2) == 0 ? Mutation.Of(wrap(file), wrap(other), random)
            : wrap(Mutation.Of(file, other, random));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Refusal(format, bytes);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        _most = Math.Max(_most, taken);
        // Numbers are read into doubles: eight bytes for one.
        if (taken > Beyond + 24 * format.Expansion * bytes.Length) throw new InvalidOperationException($"{taken} bytes of memory for a file of {bytes.Length}");
        if (refusal is null) return true;
        if (refusal.Contains('\n') || refusal.Contains('\r') || refusal.Length > 1000) throw new InvalidOperationException($"a message of {refusal.Length} characters that are not one line: {refusal}");
        return false;
    }

    private string? Refusal(HostileFormat format, byte[] bytes)
    {
        try
        {
            format.Read(bytes, _folder.At("file"));
            return null;
        }
        catch (DataException e)
        {
            return e.Message;
        }
    }
}
