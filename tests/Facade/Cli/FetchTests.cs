using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tests.Facade.Data;
using AutoDiffAE.Tests.Facade.Data.Downloads;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class FetchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_says_what_it_has_fetched_and_what_was_there()
    {
        using var server = new LoopbackServer([1, 2, 3]);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var set = new RemoteSet("a-set", [server.Address], [new("file.gz", 3, "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")]);
        var (output, error) = (new StringWriter(), new StringWriter());
        var context = new Context(output, error, Interactive: false, Progress: true, default);
        Assert.Equal(0, FetchCommand.Run(context, set, _folder.Path, new Download(client)));
        Assert.Equal(0, FetchCommand.Run(context, set, _folder.Path, new Download(client)));
        Assert.Equal($"{_folder.At("file.gz")}: 3 bytes, SHA-256 right\n{_folder.At("file.gz")}: 3 bytes, SHA-256 right, was there already\n", output.ToString());
        Assert.Equal("\rfile.gz: 100 %  \n", error.ToString());
    }

    [Fact]
    public void An_interruption_says_how_to_go_on()
    {
        using var server = new LoopbackServer([1, 2, 3]);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var error = new StringWriter();
        var context = new Context(TextWriter.Null, error, Interactive: false, Progress: false, new CancellationToken(canceled: true));
        Assert.Equal(130, FetchCommand.Run(context, new("a-set", [server.Address], [new("file.gz", 3, "")]), _folder.Path, new Download(client)));
        Assert.Equal($"autodiffae: interrupted; `autodiffae fetch a-set --data {_folder.Path}` goes on\n", error.ToString());
    }

    [Fact]
    public void A_set_that_there_is_not_is_refused()
    {
        var error = new StringWriter();
        Assert.Equal(2, Program.Run(["fetch", "emnist", "--data", _folder.Path], TextWriter.Null, error));
        Assert.Equal("autodiffae: emnist: there is no set of this name to fetch, there is mnist or fashion-mnist\n", error.ToString());
    }
}
