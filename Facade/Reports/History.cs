using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Data;

namespace AutoDiffAE.Reports;

/// <summary>The epochs of a training, in order.</summary>
public sealed record History(ImmutableArray<EpochRecord> Epochs)
{
    private const string Header = "epoch,train_error,validation_error,seconds";

    public static History Empty { get; } = new([]);

    /// <summary>The epoch with the smallest validation error, the earliest of several; none if no such error is finite.</summary>
    public EpochRecord? Best => Epochs.Where(e => double.IsFinite(e.ValidationError)).MinBy(e => e.ValidationError);

    public History Add(EpochRecord epoch) => new(Epochs.Add(epoch));

    /// <summary>A header and a line for each epoch; numbers read back as exactly what they were.</summary>
    public string ToCsv() => string.Concat(Epochs
        .Select(e => FormattableString.Invariant($"{e.Epoch},{e.TrainError:R},{e.ValidationError:R},{e.Seconds:R}"))
        .Prepend(Header)
        .Select(line => line + "\n"));

    /// <param name="source">What messages call the text.</param>
    /// <exception cref="DataException">The header is another, or a line does not hold four numbers.</exception>
    public static History Parse(string csv, string source)
    {
        var lines = csv.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines[0] == Header
            ? new([.. lines.Skip(1).Select((line, i) => Line(line, i + 2, source))])
            : throw new DataException($"{source}: begins with {Excerpt.Of(lines[0])}, {Header} was expected");
    }

    /// <exception cref="DataException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToCsv());

    /// <exception cref="DataException">The file is missing, or no history.</exception>
    public static History Read(string path) => Parse(System.Text.Encoding.UTF8.GetString(FileBytes.Read(path)), path);

    public bool Equals(History? other) => other is not null && Epochs.SequenceEqual(other.Epochs);

    public override int GetHashCode() => Epochs.Aggregate(0, HashCode.Combine);

    private static EpochRecord Line(string line, int number, string source) =>
        line.Split(',') is [var epoch, var train, var validation, var seconds]
        && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && Number(train, out var t) && Number(validation, out var v) && Number(seconds, out var s)
            ? new(n, t, v, s)
            : throw new DataException($"{source}: line {number} is {Excerpt.Of(line)}, four numbers were expected: {Header}");

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
