using System.CommandLine;
using AutoDiffAE.Data;

namespace AutoDiffAE.Cli;

/// <summary><c>fetch mnist|fashion-mnist --data DIR</c></summary>
internal static class FetchCommand
{
    public static Command Of(Context context)
    {
        var names = string.Join(" or ", RemoteSet.All.Select(s => s.Name));
        var name = new Argument<string>("SET") { Description = names };
        var folder = new Option<string>("--data") { Required = true, HelpName = "DIR", Description = "The folder for its files; made where it does not exist" };
        var command = new Command("fetch", "Gets a data set from public mirrors and checks its digests. A fetch that was interrupted goes on where it stopped.") { name, folder };
        command.SetAction(parsed =>
        {
            var set = RemoteSet.All.FirstOrDefault(s => s.Name == parsed.GetRequiredValue(name))
                ?? throw new UsageException($"{parsed.GetRequiredValue(name)}: there is no set of this name to fetch, there is {names}");
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            return Run(context, set, parsed.GetRequiredValue(folder), new Download(client));
        });
        return command;
    }

    internal static int Run(Context context, RemoteSet set, string folder, Download download)
    {
        var shown = -1;
        void Show(DownloadProgress at)
        {
            var percent = (int)(100 * at.Bytes / at.Total);
            if (!context.Progress || percent == shown) return;
            shown = percent;
            context.Error.Write($"\r{at.File}: {percent} %  {(at.Bytes == at.Total ? "\n" : "")}");
        }
        try
        {
            var fetched = download.Fetch(set, folder, Show, context.Cancellation).GetAwaiter().GetResult();
            foreach (var file in set.Files)
                context.Output.WriteLine($"{Path.Combine(folder, file.Name)}: {file.Size} bytes, {file.Algorithm} right{(fetched.Contains(file) ? "" : ", was there already")}");
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine($"autodiffae: interrupted; `autodiffae fetch {set.Name} --data {folder}` goes on");
            return ExitCode.Interrupted;
        }
    }
}
