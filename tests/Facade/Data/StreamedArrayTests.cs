using System.Globalization;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class StreamedArrayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["float32", "float64", "uint8", "int16", "idx"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_part_reads_as_it_does_from_memory(string kind)
    {
        var path = Written(kind);
        var all = (kind == "idx" ? Idx.Load(path) : Npy.Load(path)).As<float>();
        var streamed = StreamedArray.Open(path)!.Examples([.. all.Sizes]);
        Assert.Equal(all.Sizes.ToArray(), streamed.Sizes.ToArray());
        foreach (var (start, length) in new[] { (0, all.Length), (7, 100_000), (all.Length - 3, 3), (5, 0) })
        {
            var values = new float[length];
            streamed.Read(start, values);
            Assert.Equal(all.Span.Slice(start, length).ToArray(), values);
        }
        Assert.Equal(all.Rows(3, 9).Span.ToArray(), streamed.Rows(3, 9).ToTensor().Span.ToArray());
    }

    [Fact]
    public void Several_threads_read_at_once()
    {
        var path = Written("uint8");
        var all = Npy.Load(path).As<float>();
        var streamed = StreamedArray.Open(path)!.Examples([.. all.Sizes]);
        Parallel.For(0, 64, i => Assert.Equal(all.Rows(i, i + 1).Span.ToArray(), streamed.Rows(i, i + 1).ToTensor().Span.ToArray()));
    }

    [Fact]
    public void A_set_larger_than_the_cap_is_standardised_and_batched_within_the_cap()
    {
        const long Cap = 48 << 20;
        const int Count = 340_000, Each = 28 * 28;
        // A sparse file: 267 MB that take no disk. Every image holds its number in its first pixels.
        var path = _folder.At("large");
        using (var file = File.Create(path))
        {
            file.Write([0, 0, 8, 3, 0, 5, 0x30, 0x20, 0, 0, 0, 28, 0, 0, 0, 28]);
            file.SetLength(16 + (long)Count * Each);
            foreach (var i in new[] { 0, 77, Count - 1 })
            {
                file.Position = 16 + (long)i * Each;
                file.Write([(byte)i, (byte)(i >> 8), (byte)(i >> 16)]);
            }
        }
        Assert.True(new FileInfo(path).Length > 5 * Cap);
        var printed = CompiledProgram.RunAlone(StandardisedAndBatched.Replace("PATH", path, StringComparison.Ordinal)).Split('\n');
        Assert.Equal("31 48 5  77 0 0", printed[0]);
        var (before, peak) = (long.Parse(printed[1], CultureInfo.InvariantCulture), long.Parse(printed[2], CultureInfo.InvariantCulture));
        Assert.True(peak - before < Cap, $"{(peak - before) >> 20} MB beyond {before >> 20} MB");
    }

    /// <summary>Prints the last image's number and another's, then the memory held before and at most. Beside other tests the process would hold theirs too.</summary>
    private const string StandardisedAndBatched = """
        using AutoDiffAE.Data;
        using AutoDiffAE.Tensors;
        using AutoDiffAE.Training;

        const int Count = 340_000, Each = 28 * 28;
        var before = Resident();
        var peak = 0L;
        using (new System.Threading.Timer(_ => peak = Math.Max(peak, Resident()), null, 0, 2))
        {
            var examples = StreamedArray.Open(@"PATH")!.Examples([Count, 1, 28, 28]);
            var standardized = Standardization.Of(examples).Apply(examples);
            var batch = new float[128 * Each];
            var order = Batches.Order(new Key(1), 0, Count);
            for (var b = 0; b < 200; b++) Batches.Gather(standardized, order.AsSpan(128 * b, 128), batch);
            Batches.Gather(examples, [Count - 1, 77, 0], batch.AsSpan(0, 3 * Each));
            Console.WriteLine($"{batch[0]} {batch[1]} {batch[2]}  {batch[Each]} {batch[Each + 1]} {batch[Each + 2]}");
        }
        peak = Math.Max(peak, Resident());
        Console.WriteLine(before);
        Console.WriteLine(peak);

        // Memory of the process that no file stands for, managed and other.
        static long Resident()
        {
            if (OperatingSystem.IsLinux())
                return 1024 * long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.PrivateMemorySize64;
        }
        """;

    [Fact]
    public void What_cannot_be_read_in_place_is_left_to_be_loaded()
    {
        Assert.Null(StreamedArray.Open(_folder.Holding("a.gz", 0x1f, 0x8b, 8, 0)));
        var text = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }\n";
        Assert.Null(StreamedArray.Open(_folder.Holding("a.npy", [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(text), 1, 2, 3, 4])));
    }

    [Fact]
    public void A_file_of_another_length_than_its_header_says_is_refused()
    {
        var path = _folder.Holding("a", 0, 0, 8, 1, 0, 0, 0, 3, 1, 2);
        Assert.Equal($"{path}: 2 bytes of data found, 3 expected for uint8 of shape (3,)", Assert.Throws<DataException>(() => StreamedArray.Open(path)).Message);
        var huge = _folder.Holding("b", [0, 0, 8, 255, .. Enumerable.Repeat((byte)0x7f, 4 * 255)]);
        var many = $"({string.Concat(Enumerable.Repeat("2139062143, ", 16))}... 255 axes)";
        Assert.Equal($"{huge}: 0 bytes of data found, more expected for uint8 of shape {many}", Assert.Throws<DataException>(() => StreamedArray.Open(huge)).Message);
        Assert.Equal($"{huge}: the shape {many} is larger than a tensor can be, 2147483647 elements", Assert.Throws<DataException>(() => Idx.Load(huge)).Message);
    }

    [Fact]
    public void A_file_that_becomes_shorter_is_an_error_and_not_zeros()
    {
        var path = Written("uint8");
        var array = StreamedArray.Open(path)!;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(1000);
        Assert.Equal($"{path}: has become shorter while it was read", Assert.Throws<DataException>(() => array.Examples(array.Sizes).Rows(60, 61).ToTensor()).Message);
    }

    [Fact]
    public void Sizes_of_another_number_are_refused()
    {
        var array = StreamedArray.Open(_folder.Holding("a", 0, 0, 8, 1, 0, 0, 0, 2, 1, 2))!;
        Assert.Throws<ArgumentException>(() => array.Examples([3]));
        Assert.Throws<ArgumentException>(() => array.Examples([]));
    }

    private string Written(string kind)
    {
        var (path, random) = (_folder.At($"{kind}.npy"), new Random(1));
        // Longer than what is read at once, and no multiple of it.
        byte[] bytes = new byte[64 * 7 * 601];
        random.NextBytes(bytes);
        switch (kind)
        {
            case "float32": Npy.Write(path, Tensor<float>.Of(bytes.Select(b => b / 7f), 64, 7, 601)); break;
            case "float64": Npy.Write(path, Tensor<double>.Of(bytes.Select(b => b / 7.0), 64, 7, 601)); break;
            case "int16": Npy.Write(path, Tensor<short>.Of(bytes.Select(b => (short)(b - 128)), 64, 7, 601)); break;
            case "uint8": Npy.Write(path, Tensor<byte>.Of(bytes, 64, 7, 601)); break;
            default: File.WriteAllBytes(path, [0, 0, 8, 3, 0, 0, 0, 64, 0, 0, 0, 7, 0, 0, 2, 0x59, .. bytes]); break;
        }
        return path;
    }
}
