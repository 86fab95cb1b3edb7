namespace AutoDiffAE.Data;

public static class FileBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static byte[] Read(string path) => Of(path, () => File.ReadAllBytes(path));

    /// <summary>What is read from a file through a stream that can seek.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static R Through<R>(string path, Func<Stream, R> read) => Of(path, () =>
    {
        using var file = File.OpenRead(path);
        // A pipe has neither a length nor a way back: its bytes are gathered first.
        return file.CanSeek && file.Length > 0 ? read(file) : read(new MemoryStream(Rest(file)));
    });

    private static byte[] Rest(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static R Of<R>(string path, Func<R> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(Directory.Exists(path) ? $"{path}: is a folder, not a file" : $"{path}: cannot be read ({e.Message})", e);
        }
    }
}
