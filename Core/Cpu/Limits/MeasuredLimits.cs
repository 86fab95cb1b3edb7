using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using AutoDiffAE.Profiling;

namespace AutoDiffAE.Cpu;

/// <summary>The limits of this machine, measured once for each precision, width of vectors and number of threads.</summary>
internal static unsafe class MeasuredLimits
{
    private const int Rounds = 7;

    private static readonly ConcurrentDictionary<(Type, LaneWidth, int), Lazy<MachineLimits>> Known = new();

    public static MachineLimits Of<T>(Workers workers, LaneWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Known.GetOrAdd((typeof(T), width, workers.Threads), _ => new(() => new(workers.Threads, Arithmetic<T>(workers, width), Copying(workers)))).Value;

    private static double Arithmetic<T>(Workers workers, LaneWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
    {
        LaneWidth.Bits512 => Arithmetic<Lanes512<T>, T>(workers),
        LaneWidth.Bits256 => Arithmetic<Lanes256<T>, T>(workers),
        _ => Arithmetic<Lanes128<T>, T>(workers),
    };

    private static double Arithmetic<V, T>(Workers workers)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        lock (workers.Exclusive)
            return Best(workers, MultiplyAddLoop<V, T>.FlopOfRun, &MultiplyAddLoop<V, T>.Run, workers.Common((nuint)(workers.Threads * sizeof(T))));
    }

    private static double Copying(Workers workers)
    {
        var memory = new LargeCopy(workers.Threads);
        var rate = Best(workers, LargeCopy.BytesOfRun / workers.Threads, &LargeCopy.Run, memory.State);
        GC.KeepAlive(memory);
        return rate;
    }

    /// <summary>The best rate of a job of one chunk a thread; what is measured is a limit, so the fastest round counts.</summary>
    private static double Best(Workers workers, double amount, delegate*<void*, int, int, void> chunk, void* state)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            workers.Run(workers.Threads, chunk, state);
            best = Math.Max(best, amount * workers.Threads / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
