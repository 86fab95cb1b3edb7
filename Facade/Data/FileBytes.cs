namespace AutoDiffAE.Data;

internal static class FileBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
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
