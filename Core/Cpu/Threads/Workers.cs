using System.Runtime.ExceptionServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Threads that stay alive between calls and take the chunks of a job one after another. The caller is one of them, so a pool
/// of one thread has none of its own. What a chunk computes may depend on its index and never on the worker that took it.
/// </summary>
public sealed unsafe class Workers : IDisposable
{
    private static readonly Lazy<Workers> shared = new(() => new Workers(Environment.ProcessorCount));

    private readonly Crew crew;
    private readonly Scratch[] scratch;
    private bool busy;
    private bool disposed;

    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        scratch = new Scratch[threads + 2];
        crew = new Crew(threads);
        for (int worker = 1; worker < threads; worker++) crew.Start(worker);
    }

    ~Workers() => Release();

    public static Workers Shared => shared.Value;

    public int Threads { get; }

    /// <summary>A kernel of several jobs, or one that keeps scratch between them, holds this throughout; it is reentrant.</summary>
    internal Lock Exclusive { get; } = new();

    /// <summary>Calls body(state, chunk, worker) once for each chunk and returns when all are done. Not to be called from a body.</summary>
    public void Run(int chunks, delegate*<void*, int, int, void> body, void* state)
    {
        if (chunks <= 0) return;
        lock (Exclusive)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (busy) throw new InvalidOperationException("A chunk cannot start a job on the pool that runs it.");
            busy = true;
            try
            {
                if (chunks == 1 || Threads == 1) Inline(chunks, body, state);
                else crew.Run(chunks, body, state);
            }
            finally
            {
                busy = false;
            }
        }
    }

    /// <summary>Memory of one worker, aligned to 64 bytes, valid until that worker asks for more.</summary>
    public void* Scratch(int worker, nuint bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)worker, (uint)Threads);
        return scratch[worker].Take(bytes);
    }

    /// <summary>Makes every worker's memory so large and returns where each begins, for bodies, whose state cannot hold the pool.</summary>
    internal void** Reserve(nuint bytes)
    {
        var begins = (void**)scratch[Threads + 1].Take((nuint)(Threads * sizeof(void*)));
        for (int worker = 0; worker < Threads; worker++) begins[worker] = scratch[worker].Take(bytes);
        return begins;
    }

    /// <summary>Memory that all chunks of a job see; taken by the caller, who holds <see cref="Exclusive"/>.</summary>
    internal void* Common(nuint bytes) => scratch[Threads].Take(bytes);

    public void Dispose()
    {
        lock (Exclusive)
        {
            Release();
            GC.SuppressFinalize(this);
        }
    }

    private void Release()
    {
        if (disposed) return;
        disposed = true;
        crew?.Stop();
        if (scratch is null) return;
        for (int i = 0; i < scratch.Length; i++) scratch[i].Free();
    }

    private static void Inline(int chunks, delegate*<void*, int, int, void> body, void* state)
    {
        ExceptionDispatchInfo? failure = null;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            try
            {
                body(state, chunk, 0);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }
}
