using System.Net;
using System.Net.Http.Headers;

namespace AutoDiffAE.Data;

/// <summary>
/// Files fetched from mirrors into a folder. A file appears under its name when it is whole, its digest right and its bytes on the disk; until then it is
/// .NAME.part, from whose end the next try goes on, in this process or another.
/// </summary>
public sealed class Download
{
    private const int Tries = 3, Block = 1 << 16;

    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    /// <param name="client">Its own time limit covers a request up to the first byte.</param>
    /// <param name="patience">How long to wait for more bytes; by default 30 seconds.</param>
    public Download(HttpClient client, TimeSpan? patience = null) => (_client, _patience) = (client, patience ?? TimeSpan.FromSeconds(30));

    /// <summary>Fetches what is missing of a set. A folder that does not exist is made.</summary>
    /// <returns>The files that were fetched; the others were there already.</returns>
    /// <exception cref="DataException">No mirror gave a right file: says what each did; or the folder cannot be written, or has another file of that name.</exception>
    public async Task<IReadOnlyList<RemoteFile>> Fetch(RemoteSet set, string folder, Action<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be written ({e.Message})", e);
        }
        var fetched = new List<RemoteFile>();
        foreach (var file in set.Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
            {
                await Fetch(file, set, path, progress ?? (_ => { }), cancellation);
                fetched.Add(file);
            }
            else if (file.DigestOf(path) is var digest && digest != file.Digest)
                throw new DataException($"{path}: is there already, but its {file.Algorithm} is {digest}, {file.Digest} was expected: move it away to fetch it anew");
        }
        return fetched;
    }

    private async Task Fetch(RemoteFile file, RemoteSet set, string path, Action<DownloadProgress> progress, CancellationToken cancellation)
    {
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{file.Name}.part");
        var faults = new List<string>();
        foreach (var mirror in set.Mirrors)
        {
            string? fault = null;
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var start = Length(part);
                if (start < file.Size) fault = await Continue(file, new Uri(mirror, file.Name), part, progress, cancellation);
                var now = Length(part);
                if (now >= file.Size)
                {
                    var digest = file.DigestOf(part);
                    if (digest == file.Digest)
                    {
                        Disk(part, () => File.Move(part, path, overwrite: false));
                        return;
                    }
                    Disk(part, () => File.Delete(part));
                    fault = $"what it sent has the {file.Algorithm} {digest}, {file.Digest} was expected";
                    now = 0;
                }
                // A server that gives nothing new is left; a file whose first part came from elsewhere is worth another try.
                if (start == 0 ? now == 0 : now <= start && now > 0) break;
            }
            faults.Add($"{mirror.Host}: {fault}");
        }
        throw new DataException($"{set.Name}: {file.Name} could not be fetched ({string.Join("; ", faults)}): is there a network? Fetched by other means, it belongs into {Path.GetDirectoryName(path)}");
    }

    /// <summary>Asks for the bytes behind those that are there, and adds them.</summary>
    /// <returns>What was wrong, or null.</returns>
    private async Task<string?> Continue(RemoteFile file, Uri address, string part, Action<DownloadProgress> progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var start = Length(part);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (start > 0) request.Headers.Range = new RangeHeaderValue(start, null);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent)) return $"answered {(int)response.StatusCode} {response.ReasonPhrase}";
            var resumed = response.StatusCode == HttpStatusCode.PartialContent;
            if (resumed && response.Content.Headers.ContentRange?.From != start) return "sent another part than was asked for";
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            using var target = Disk(part, () => new FileStream(part, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0));
            for (var (bytes, at) = (new byte[Block], resumed ? start : 0L); ;)
            {
                patience.CancelAfter(_patience);
                var read = await body.ReadAsync(bytes, patience.Token);
                if (read == 0)
                {
                    Disk(part, () => target.Flush(flushToDisk: true));
                    return at < file.Size ? $"sent {at} of {file.Size} bytes" : null;
                }
                if ((at += read) > file.Size)
                {
                    Disk(part, () => target.SetLength(0));
                    return $"sent more than the {file.Size} bytes of the file";
                }
                Disk(part, () => target.Write(bytes, 0, read));
                progress(new(file.Name, at, file.Size));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"sent nothing for {_patience.TotalSeconds:0.#} seconds";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return e.InnerException is { Message: var inner } && !e.Message.Contains(inner, StringComparison.Ordinal) ? $"{e.Message} {inner}" : e.Message;
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static void Disk(string path, Action action) => Disk(path, () =>
    {
        action();
        return true;
    });

    /// <summary>Something done to a file here: that it fails is no fault of a server's.</summary>
    private static R Disk<R>(string path, Func<R> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be written ({e.Message})", e);
        }
    }
}
