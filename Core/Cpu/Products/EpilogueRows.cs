using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>An epilogue over a product that is in memory whole, as one that was summed in pieces is.</summary>
internal static unsafe class EpilogueRows<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 1 << 14;

    private struct Job
    {
        public ProductEpilogue<T>* Epilogue;
        public T* Product;
        public int Rows;
        public int Columns;
        public int PerChunk;
    }

    public static void Run(ProductEpilogue<T>* epilogue, T* product, int rows, int columns, Workers workers)
    {
        var job = new Job { Epilogue = epilogue, Product = product, Rows = rows, Columns = columns, PerChunk = Math.Max(1, Block / columns) };
        workers.Run((rows + job.PerChunk - 1) / job.PerChunk, &RunChunk, &job);
    }

    private static void RunChunk(void* state, int chunk, int worker)
    {
        var job = (Job*)state;
        int row = chunk * job->PerChunk, rows = Math.Min(job->PerChunk, job->Rows - row);
        job->Epilogue->Run(job->Product + (nint)row * job->Columns, job->Columns, row, rows, 0, job->Columns);
    }
}
