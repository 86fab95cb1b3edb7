using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AutoDiffAE.Tests.Facade.Data.Downloads;

/// <summary>A server of one file on the loopback interface, with the faults that servers have. Requests are answered one after another.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _content;
    private readonly Fault _fault;

    public enum Fault
    {
        None,
        NoRanges,

        /// <summary>The connection ends after half of what was asked for; the first time only.</summary>
        CutOnce,

        /// <summary>… every time.</summary>
        CutAlways,
        Corrupt,
        Missing,
        Endless,
        Silent,

        /// <summary>Answers a range with another.</summary>
        WrongRange,
    }

    private int _requests;

    public LoopbackServer(byte[] content, Fault fault = Fault.None)
    {
        (_content, _fault) = (content, fault);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/set/");
        }
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public Uri Address { get; }

    /// <summary>The ranges asked for, "" for the whole.</summary>
    public ConcurrentQueue<string> Ranges { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var range = request.Headers["Range"] ?? "";
        Ranges.Enqueue(range);
        var first = Interlocked.Increment(ref _requests) == 1;
        if (_fault == Fault.Missing)
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }
        var start = range.Length > 0 && _fault != Fault.NoRanges ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (start > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {(_fault == Fault.WrongRange ? start - 1 : start)}-{_content.Length - 1}/{_content.Length}";
        }
        var body = _content[start..];
        if (_fault == Fault.Corrupt) body[^1] ^= 1;
        if (_fault == Fault.Endless)
        {
            response.SendChunked = true;
            for (var i = 0; i < 100; i++) response.OutputStream.Write(body);
            response.Close();
            return;
        }
        response.ContentLength64 = body.Length;
        var cut = _fault is Fault.CutAlways or Fault.Silent or Fault.NoRanges || (_fault == Fault.CutOnce && first);
        response.OutputStream.Write(body, 0, cut && !(_fault == Fault.NoRanges && !first) ? body.Length / 2 : body.Length);
        response.OutputStream.Flush();
        if (_fault == Fault.Silent) Thread.Sleep(3000);
        if (cut && !(_fault == Fault.NoRanges && !first)) response.Abort();
        else response.Close();
    }
}
