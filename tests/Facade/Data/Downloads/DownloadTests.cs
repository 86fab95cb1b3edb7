using System.Security.Cryptography;
using AutoDiffAE.Data;
using Xunit;
using static AutoDiffAE.Tests.Facade.Data.Downloads.LoopbackServer;

namespace AutoDiffAE.Tests.Facade.Data.Downloads;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 5))];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private static RemoteSet Set(string digest, params LoopbackServer[] servers) => new("a-set", [.. servers.Select(s => s.Address)], [new("file.gz", Content.Length, digest)]);

    private static RemoteSet Set(params LoopbackServer[] servers) => Set(Convert.ToHexStringLower(SHA256.HashData(Content)), servers);

    private IReadOnlyList<RemoteFile> Fetch(RemoteSet set, Action<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        new Download(_client, TimeSpan.FromSeconds(1)).Fetch(set, _folder.At("data"), progress, cancellation).GetAwaiter().GetResult();

    private string Refused(RemoteSet set) => Assert.Throws<DataException>(() => Fetch(set)).Message.Replace(_folder.Path, "DIR");

    private void IsThere()
    {
        Assert.Equal(Content, File.ReadAllBytes(_folder.At("data/file.gz")));
        Assert.Equal([_folder.At("data/file.gz")], Directory.GetFileSystemEntries(_folder.At("data")));
    }

    private void HoldPart(byte[] bytes)
    {
        Directory.CreateDirectory(_folder.At("data"));
        _folder.Holding("data/.file.gz.part", bytes);
    }

    [Fact]
    public void A_file_comes_whole_into_a_new_folder_and_tells_how_far_it_is()
    {
        using var server = new LoopbackServer(Content);
        var seen = new List<DownloadProgress>();
        Assert.Equal("file.gz", Assert.Single(Fetch(Set(server), seen.Add)).Name);
        IsThere();
        Assert.Equal(new("file.gz", Content.Length, Content.Length), seen[^1]);
        Assert.Equal(seen.Select(s => s.Bytes).Order(), seen.Select(s => s.Bytes));
    }

    [Fact]
    public void What_is_there_already_is_not_fetched_again()
    {
        using var server = new LoopbackServer(Content);
        Fetch(Set(server));
        Assert.Empty(Fetch(Set(server)));
        Assert.Single(server.Ranges);
    }

    [Fact]
    public void An_md5_does_where_no_sha256_is_published()
    {
        using var server = new LoopbackServer(Content);
#pragma warning disable CA5351
        Fetch(Set(Convert.ToHexStringLower(MD5.HashData(Content)), server));
#pragma warning restore CA5351
        IsThere();
    }

    [Fact]
    public void A_broken_connection_goes_on_where_it_broke()
    {
        using var server = new LoopbackServer(Content, Fault.CutOnce);
        Fetch(Set(server));
        IsThere();
        Assert.Equal(["", "bytes=150000-"], server.Ranges);
    }

    [Fact]
    public void A_later_process_goes_on_with_the_part_of_an_earlier_one()
    {
        HoldPart(Content[..1000]);
        using var server = new LoopbackServer(Content);
        Fetch(Set(server));
        IsThere();
        Assert.Equal(["bytes=1000-"], server.Ranges);
    }

    [Fact]
    public void A_part_that_is_whole_already_is_not_asked_for()
    {
        HoldPart(Content);
        using var server = new LoopbackServer(Content);
        Fetch(Set(server));
        IsThere();
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public void A_part_of_another_file_is_found_out_and_fetched_anew()
    {
        HoldPart(new byte[1000]);
        using var server = new LoopbackServer(Content);
        Fetch(Set(server));
        IsThere();
        Assert.Equal(["bytes=1000-", ""], server.Ranges);
    }

    [Fact]
    public void A_server_without_ranges_sends_the_whole_again()
    {
        using var server = new LoopbackServer(Content, Fault.NoRanges);
        Fetch(Set(server));
        IsThere();
        Assert.Equal(["", "bytes=150000-"], server.Ranges);
    }

    [Fact]
    public void Another_mirror_goes_on_where_one_gave_up()
    {
        using var cut = new LoopbackServer(Content, Fault.CutAlways);
        using var good = new LoopbackServer(Content);
        Fetch(Set(cut, good));
        IsThere();
        Assert.Equal(3, cut.Ranges.Count);
        Assert.Single(good.Ranges, r => r.StartsWith("bytes=2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mirror_with_another_file_is_left_for_the_next()
    {
        using var corrupt = new LoopbackServer(Content, Fault.Corrupt);
        using var missing = new LoopbackServer(Content, Fault.Missing);
        using var good = new LoopbackServer(Content);
        Fetch(Set(corrupt, missing, good));
        IsThere();
        Assert.Equal((1, 1, 1), (corrupt.Ranges.Count, missing.Ranges.Count, good.Ranges.Count));
    }

    [Fact]
    public void When_no_mirror_has_it_each_is_named_with_its_fault_and_no_damaged_file_is_left()
    {
        using var corrupt = new LoopbackServer(Content, Fault.Corrupt);
        using var missing = new LoopbackServer(Content, Fault.Missing);
        using var endless = new LoopbackServer(Content, Fault.Endless);
        using var silent = new LoopbackServer(Content, Fault.Silent);
        var message = Refused(Set(corrupt, missing, endless, silent));
        Assert.StartsWith("a-set: file.gz could not be fetched (127.0.0.1: what it sent has the SHA-256 ", message);
        Assert.Contains("; 127.0.0.1: answered 404 Not Found; 127.0.0.1: sent more than the 300000 bytes of the file; 127.0.0.1: sent nothing for 1 seconds)", message);
        Assert.EndsWith(": is there a network? Fetched by other means, it belongs into DIR/data", message);
        Assert.DoesNotContain('\n', message);
        Assert.False(File.Exists(_folder.At("data/file.gz")));
    }

    [Fact]
    public void A_server_that_answers_with_another_part_is_not_believed()
    {
        HoldPart(Content[..1000]);
        using var server = new LoopbackServer(Content, Fault.WrongRange);
        Assert.Contains("127.0.0.1: sent another part than was asked for", Refused(Set(server)));
        Assert.Equal(Content[..1000], File.ReadAllBytes(_folder.At("data/.file.gz.part")));
    }

    [Fact]
    public void Without_a_server_the_message_says_so_in_one_line()
    {
        Uri gone;
        using (var server = new LoopbackServer(Content)) gone = server.Address;
        var message = Refused(new("a-set", [gone], [new("file.gz", 3, new('0', 64))]));
        Assert.StartsWith("a-set: file.gz could not be fetched (127.0.0.1: Connection refused", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Another_file_of_that_name_is_not_overwritten()
    {
        using var server = new LoopbackServer(Content);
        Directory.CreateDirectory(_folder.At("data"));
        _folder.Holding("data/file.gz", 1, 2, 3);
        Assert.Equal("DIR/data/file.gz: is there already, but its SHA-256 is 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81, "
            + $"{Convert.ToHexStringLower(SHA256.HashData(Content))} was expected: move it away to fetch it anew", Refused(Set(server)));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.At("data/file.gz")));
    }

    [Fact]
    public void Interrupted_it_keeps_its_part()
    {
        using var server = new LoopbackServer(Content);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Fetch(Set(server), _ => stop.Cancel(), stop.Token));
        Assert.InRange(new FileInfo(_folder.At("data/.file.gz.part")).Length, 1, Content.Length);
        Fetch(Set(server));
        IsThere();
    }

    [SmallDiskFact]
    public void A_full_disk_is_told_at_once_and_no_other_mirror_asked()
    {
        using var disk = new SmallDisk(64);
        using var server = new LoopbackServer(Content);
        using var other = new LoopbackServer(Content);
        var e = Assert.Throws<DataException>(() => new Download(_client).Fetch(Set(server, other), disk.Path).GetAwaiter().GetResult());
        Assert.StartsWith($"{Path.Combine(disk.Path, ".file.gz.part")}: cannot be written (", e.Message);
        Assert.Contains("No space left on device", e.Message);
        Assert.Empty(other.Ranges);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var server = new LoopbackServer(Content);
        var path = Path.Combine(_folder.Holding("file", 1), "data");
        Assert.StartsWith($"{path}: cannot be written (", Assert.Throws<DataException>(() => new Download(_client).Fetch(Set(server), path).GetAwaiter().GetResult()).Message);
    }

    [Fact]
    public void The_public_sets_are_well_formed_and_have_several_mirrors() => Assert.All(RemoteSet.All, set =>
    {
        Assert.Equal(["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"], set.Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(set.Files, f => Assert.Matches("^([0-9a-f]{64}|[0-9a-f]{32})$", f.Digest));
        Assert.True(set.Mirrors.Length >= 3);
        Assert.All(set.Mirrors, m => Assert.EndsWith("/", m.AbsolutePath));
    });

    [SharedFact]
    public void The_digests_of_mnist_are_those_of_its_files()
    {
        // The shared copy of the training images is the same data compressed anew: only its contents can be compared.
        foreach (var file in RemoteSet.Mnist.Files.Where(f => new FileInfo(Shared.At("data", "mnist", f.Name)).Length == f.Size))
            Assert.Equal(file.Digest, file.DigestOf(Shared.At("data", "mnist", file.Name)));
        Assert.Equal(3, RemoteSet.Mnist.Files.Count(f => new FileInfo(Shared.At("data", "mnist", f.Name)).Length == f.Size));
    }
}
