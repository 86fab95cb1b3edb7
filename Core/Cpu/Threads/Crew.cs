using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The threads of <see cref="Workers"/> and the job they share. Apart from the pool itself, so that a forgotten pool can be
/// collected while its threads still sleep.
/// </summary>
/// <remarks>
/// Each worker has a range of the chunks of its own, always the same part of the whole, so that what it wrote in one job it finds in its
/// own cache in the next; when it is done it takes from the others' ranges. A range's ticket holds the job's number in its high half and the
/// chunks not yet taken in its low half. Taking one is a compare-exchange, so a thread that wakes late, after the job is over or another
/// has begun, takes nothing that is not there; the job's fields are read only after a chunk was taken, and the caller changes them only
/// when all are done.
/// </remarks>
internal sealed unsafe class Crew(int threads)
{
    /// <summary>Tickets so far apart that no two share a cache line.</summary>
    private const int Apart = 16;

    private static readonly long Patience = Stopwatch.Frequency / 25_000;

    private readonly object gate = new();
    private readonly long[] tickets = new long[(threads + 1) * Apart];
    private long job;
    private int chunks;
    private int done;
    private int sleeping;
    private bool callerSleeps;
    private volatile bool stopped;
    private delegate*<void*, int, int, void> body;
    private void* state;
    private Exception? failure;

    public void Start(int worker)
    {
        var thread = new Thread(() => Serve(worker), 1 << 20) { IsBackground = true, Name = "AutoDiffAE worker" };
        thread.Start();
    }

    public void Stop()
    {
        stopped = true;
        lock (gate) Monitor.PulseAll(gate);
    }

    public void Run(int count, delegate*<void*, int, int, void> work, void* argument)
    {
        chunks = count;
        body = work;
        state = argument;
        Volatile.Write(ref done, 0);
        long next = job + 1;
        for (int worker = 0; worker < threads; worker++) Interlocked.Exchange(ref Ticket(worker), next << 32 | (uint)(First(worker + 1) - First(worker)));
        Interlocked.Exchange(ref job, next);
        if (Volatile.Read(ref sleeping) > 0) lock (gate) Monitor.PulseAll(gate);

        TakeChunks(0);
        if (!Spin(&AllDone, 0)) SleepUntilDone();

        Exception? thrown = failure;
        failure = null;
        if (thrown is not null) ExceptionDispatchInfo.Throw(thrown);
    }

    private void Serve(int worker)
    {
        long seen = 0;
        while (!stopped)
        {
            if (!Spin(&NewJob, seen)) SleepUntilJob(seen);
            seen = Volatile.Read(ref job);
            TakeChunks(worker);
        }
    }

    private ref long Ticket(int worker) => ref tickets[(worker + 1) * Apart];

    /// <summary>The first chunk of a worker's range.</summary>
    private int First(int worker) => (int)((long)chunks * worker / threads);

    private void TakeChunks(int worker)
    {
        for (int i = 0; i < threads; i++) TakeFrom((worker + i) % threads, worker);
    }

    private void TakeFrom(int owner, int worker)
    {
        while (true)
        {
            long seen = Volatile.Read(ref Ticket(owner));
            int left = (int)seen;
            if (left == 0) return;
            if (Interlocked.CompareExchange(ref Ticket(owner), seen - 1, seen) != seen) continue;
            int total = chunks;
            try
            {
                body(state, First(owner + 1) - left, worker);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            if (Interlocked.Increment(ref done) == total && Volatile.Read(ref callerSleeps))
            {
                lock (gate) Monitor.PulseAll(gate);
            }
        }
    }

    private static bool NewJob(Crew crew, long seen) => Volatile.Read(ref crew.job) != seen || crew.stopped;

    private static bool AllDone(Crew crew, long _) => Volatile.Read(ref crew.done) == crew.chunks;

    private bool Spin(delegate*<Crew, long, bool> reached, long seen)
    {
        for (long start = Stopwatch.GetTimestamp(); !reached(this, seen); Thread.SpinWait(1))
        {
            if (Stopwatch.GetTimestamp() - start > Patience) return false;
        }

        return true;
    }

    private void SleepUntilJob(long seen)
    {
        lock (gate)
        {
            Interlocked.Increment(ref sleeping);
            while (!NewJob(this, seen)) Monitor.Wait(gate);
            Interlocked.Decrement(ref sleeping);
        }
    }

    private void SleepUntilDone()
    {
        lock (gate)
        {
            Volatile.Write(ref callerSleeps, true);
            Interlocked.MemoryBarrier();
            while (!AllDone(this, 0)) Monitor.Wait(gate);
            Volatile.Write(ref callerSleeps, false);
        }
    }
}
