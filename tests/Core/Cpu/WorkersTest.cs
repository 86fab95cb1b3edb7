using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class WorkersTest
{
    private static void Mark(void* state, int chunk, int worker) => Interlocked.Increment(ref ((int*)state)[chunk]);

    private static void Fail(void* state, int chunk, int worker)
    {
        Interlocked.Increment(ref *(int*)state);
        if (chunk == 3) throw new InvalidDataException("chunk 3");
    }

    private static void CountWorker(void* state, int chunk, int worker)
    {
        Interlocked.Increment(ref ((int*)state)[worker]);
        Thread.SpinWait(200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryChunkRunsOnce(int threads)
    {
        using var workers = new Workers(threads);
        int* marks = stackalloc int[64];
        for (int round = 0; round < 3000; round++)
        {
            int chunks = round % 64;
            new Span<int>(marks, 64).Clear();
            workers.Run(chunks, &Mark, marks);
            for (int i = 0; i < 64; i++) Assert.Equal(i < chunks ? 1 : 0, marks[i]);
            if (round % 500 == 0) Thread.Sleep(2);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnExceptionReachesTheCallerAfterAllChunks(int threads)
    {
        using var workers = new Workers(threads);
        for (int round = 0; round < 20; round++)
        {
            int ran = 0;
            int* state = &ran;
            Assert.Throws<InvalidDataException>(() => workers.Run(10, &Fail, state));
            Assert.Equal(10, ran);
        }
    }

    [Fact]
    public void CallersFromSeveralThreadsTakeTurns()
    {
        using var workers = new Workers(2);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            int* marks = stackalloc int[7];
            for (int round = 0; round < 500; round++)
            {
                new Span<int>(marks, 7).Clear();
                workers.Run(7, &Mark, marks);
                for (int i = 0; i < 7; i++) Assert.Equal(1, marks[i]);
            }
        })).ToArray();
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    [Fact]
    public void WorkerIndicesAreWithinThePool()
    {
        using var workers = new Workers(3);
        int* counts = stackalloc int[3];
        new Span<int>(counts, 3).Clear();
        for (int round = 0; round < 100; round++) workers.Run(30, &CountWorker, counts);
        Assert.Equal(3000, counts[0] + counts[1] + counts[2]);
    }

    [Fact]
    public void ScratchIsAlignedAndKept()
    {
        using var workers = new Workers(2);
        void* first = workers.Scratch(1, 1000);
        Assert.Equal(0u, (nuint)first % 64);
        Assert.True(first == workers.Scratch(1, 900));
        Assert.True(first != workers.Scratch(0, 900));
        Assert.Throws<ArgumentOutOfRangeException>(() => workers.Scratch(2, 1));
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        using var workers = new Workers(2);
        int* marks = stackalloc int[16];
        for (int round = 0; round < 100; round++) workers.Run(16, &Mark, marks);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++) workers.Run(16, &Mark, marks);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
