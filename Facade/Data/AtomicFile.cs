using System.Text;

namespace AutoDiffAE.Data;

/// <summary>Files that are either wholly the old ones or wholly the new ones, whenever the writing stops.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to the disk, then renames over the target; an exception leaves the old file as it was.</summary>
    /// <exception cref="DataException">The folder is missing or cannot be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder)) throw new DataException($"{path}: cannot be written, there is no folder {folder}");

        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be written ({e.Message})", e);
        }
        finally
        {
            // Gone already after the rename.
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>The same for text, as UTF-8 without a byte order mark.</summary>
    /// <exception cref="DataException">The folder is missing or cannot be written, or the disk is full.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
