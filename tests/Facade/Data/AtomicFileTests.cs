using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replaces_the_old_file_and_leaves_nothing_else()
    {
        var path = _folder.Holding("file", 1, 2, 3);
        AtomicFile.Write(path, stream => stream.Write([4, 5]));
        Assert.Equal([4, 5], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Keeps_the_old_file_when_the_writer_throws()
    {
        var path = _folder.Holding("file", 1, 2, 3);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([4, 5]);
            stream.Flush();
            throw new InvalidOperationException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_old_file_stands_until_the_writer_is_done()
    {
        var path = _folder.Holding("file", 1, 2, 3);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([4, 5]);
            stream.Flush();
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        });
    }

    [Fact]
    public void A_failing_disk_is_told_and_keeps_the_old_file()
    {
        var path = _folder.Holding("file", 1);
        var e = Assert.Throws<DataException>(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        Assert.Equal($"{path}: cannot be written (No space left on device)", e.Message);
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [SmallDiskFact]
    public void A_full_disk_keeps_the_old_file_and_its_room()
    {
        using var disk = new SmallDisk(64);
        var path = Path.Combine(disk.Path, "file");
        AtomicFile.Write(path, stream => stream.Write(new byte[20_000]));
        for (var i = 0; i < 3; i++)
        {
            var e = Assert.Throws<DataException>(() => AtomicFile.Write(path, stream => stream.Write(new byte[100_000])));
            Assert.StartsWith($"{path}: cannot be written (", e.Message);
            Assert.Contains("No space left on device", e.Message);
            Assert.Equal(new byte[20_000], File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(disk.Path));
        }
        AtomicFile.Write(path, stream => stream.Write([1]));
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    [SmallDiskFact]
    public void Every_kind_of_file_tells_of_a_full_disk_and_keeps_the_last_good_one()
    {
        using var disk = new SmallDisk(64);
        var large = StoredArray.Of(Tensor<float>.Full(1, 50_000));
        foreach (var name in new[] { "a.npz", "a.safetensors" })
        {
            var path = Path.Combine(disk.Path, name);
            ArrayFile.Write(path, [("a", StoredArray.OfText("good"))]);
            Assert.Contains("No space left on device", Assert.Throws<DataException>(() => ArrayFile.Write(path, [("a", large)])).Message);
            Assert.Equal("good", ArrayFile.Open(path)["a"].AsText());
        }
    }

    [SmallDiskFact]
    public void A_disk_that_became_read_only_keeps_the_old_file()
    {
        using var disk = new SmallDisk(64);
        var path = Path.Combine(disk.Path, "file");
        AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
        disk.ReadOnly();
        var e = Assert.Throws<DataException>(() => AtomicFile.Write(path, stream => stream.Write([4])));
        Assert.StartsWith($"{path}: cannot be written (", e.Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    /// <summary>The user root may write everywhere, so only another can lose the right to.</summary>
    [NotRootFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_lost_permission_is_told_and_keeps_the_old_file()
    {
        var path = _folder.Holding("file", 1, 2, 3);
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.StartsWith($"{path}: cannot be written (", Assert.Throws<DataException>(() => AtomicFile.WriteText(path, "text")).Message);
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public sealed class NotRootFactAttribute : FactAttribute
    {
        public NotRootFactAttribute() => Skip = OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess ? "needs a user whose rights can be taken away" : null;
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var path = _folder.At("missing/file");
        var e = Assert.Throws<DataException>(() => AtomicFile.WriteText(path, "text"));
        Assert.Equal($"{path}: cannot be written, there is no folder {_folder.At("missing")}", e.Message);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_an_error_that_leaves_nothing()
    {
        Directory.CreateDirectory(_folder.At("target"));
        var e = Assert.Throws<DataException>(() => AtomicFile.WriteText(_folder.At("target"), "text"));
        Assert.StartsWith($"{_folder.At("target")}: cannot be written (", e.Message);
        Assert.Equal([_folder.At("target")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Text_has_no_byte_order_mark()
    {
        AtomicFile.WriteText(_folder.At("text"), "é");
        Assert.Equal([0xc3, 0xa9], File.ReadAllBytes(_folder.At("text")));
    }
}
