using System.Diagnostics;
using System.Globalization;
using System.Text;
using AutoDiffAE.Data;
using AutoDiffAE.Graph.Language;

namespace AutoDiffAE.Cli;

/// <summary>Many cases in one process: a line of answers for each line of questions, in order; a case that fails does not stop the others.</summary>
internal sealed class BatchRun(Context context, Evaluator evaluator, bool single)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(0.5);

    private (string Path, DateTime Written, Arrays Arrays)? _opened;
    private string? _failure;
    private int _cases;
    private int _failed;

    /// <param name="path">A file with a JSON object in each line; empty lines are passed over.</param>
    /// <param name="results">A file for the answers; standard output where there is none.</param>
    /// <returns><see cref="ExitCode.Misuse"/> where a case failed.</returns>
    /// <exception cref="DataException">The file is missing, or the answers cannot be written.</exception>
    public int Execute(string path, string? results)
    {
        var lines = Lines(path);
        if (results is null) Answer(lines, context.Output);
        else
            AtomicFile.Write(results, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                Answer(lines, writer);
            });
        var interrupted = context.Cancellation.IsCancellationRequested;
        if (_failure is not null)
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"autodiffae: {_failed:N0} of {_cases:N0} cases failed, the first in {_failure}"));
        else if (results is not null && !interrupted)
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results}: {_cases:N0} cases"));
        if (interrupted) context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"autodiffae: interrupted after {_cases:N0} cases"));
        return interrupted ? ExitCode.Interrupted : _failed > 0 ? ExitCode.Misuse : ExitCode.Done;
    }

    private void Answer(IEnumerable<string> lines, TextWriter output)
    {
        var (clock, next, number) = (Stopwatch.StartNew(), Patience, 0);
        foreach (var line in lines)
        {
            number++;
            if (context.Cancellation.IsCancellationRequested) break;
            if (string.IsNullOrWhiteSpace(line)) continue;
            output.WriteLine(Answer(line, number));
            _cases++;
            if (!context.Progress || clock.Elapsed < next) continue;
            next = clock.Elapsed + Pause;
            context.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_cases:N0} cases{(_failed > 0 ? $", {_failed:N0} failed" : "")} "));
        }
        if (next > Patience) context.Error.WriteLine();
    }

    /// <summary>Whatever goes wrong is the answer: nothing that one line says may cost the lines after it theirs.</summary>
    private string Answer(string line, int number)
    {
        try
        {
            return Answer(BatchCase.Parse(line, single));
        }
        catch (Exception e)
        {
            var reason = Program.OneLine(e switch
            {
                SyntaxException syntax => syntax.Brief,
                UsageException or DataException or ArgumentException or IOException or UnauthorizedAccessException => e.Message,
                OverflowException or OutOfMemoryException => $"what was asked for is too large for this machine ({e.Message})",
                _ => $"a fault of the program, {e.GetType().Name}: {e.Message}",
            });
            _failed++;
            _failure ??= string.Create(CultureInfo.InvariantCulture, $"line {number}: {reason}");
            return string.Create(CultureInfo.InvariantCulture, $"{{\"error\": {JsonText.Quoted(reason)}, \"line\": {number}}}");
        }
    }

    private string Answer(BatchCase item)
    {
        var results = evaluator.Answer(item.Question, item.File is { } file ? Open(file) : item.Inline, item.Single);
        var json = new StringBuilder("{");
        if (item.Out is { } path)
        {
            Npz.Write(path, results);
            if (_opened?.Path == Path.GetFullPath(path)) _opened = null;
            json.Append(CultureInfo.InvariantCulture, $"\"file\": {JsonText.Quoted(path)}, ");
        }
        else
        {
            foreach (var (key, value) in results)
            {
                json.Append(CultureInfo.InvariantCulture, $"{JsonText.Quoted(key)}: ");
                JsonText.Write(json, value);
                json.Append(", ");
            }
        }
        var shapes = results.Select(r => $"{JsonText.Quoted(r.Key)}: [{string.Join(", ", r.Value.Sizes)}]");
        return json.Append(CultureInfo.InvariantCulture, $"\"shape\": {{{string.Join(", ", shapes)}}}}}").ToString();
    }

    /// <summary>Cases often share one file: it is read once until it changes.</summary>
    private Arrays Open(string path)
    {
        var (full, written) = (Path.GetFullPath(path), File.GetLastWriteTimeUtc(path));
        if (_opened is { } opened && opened.Path == full && opened.Written == written) return opened.Arrays;
        var arrays = Arrays.Open(path);
        _opened = (full, written, arrays);
        return arrays;
    }

    private static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.ReadLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException($"{path}: cannot be read ({e.Message})", e);
        }
    }
}
