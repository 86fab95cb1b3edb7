using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tests.Facade.Data;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Reports;

public sealed class HistoryTests
{
    private static readonly History Two = History.Empty.Add(new(1, 0.437, 0.213, 4.5)).Add(new(2, 0.1, double.NaN, 4));

    [Fact]
    public void Is_written_with_this_header_and_invariant_numbers() =>
        Assert.Equal("epoch,train_error,validation_error,seconds\n1,0.437,0.213,4.5\n2,0.1,NaN,4\n", Two.ToCsv());

    [Fact]
    public void Reads_back_exactly() => Prop.ForAll<double[]>(numbers =>
    {
        var history = new History([.. numbers.Select((x, i) => new EpochRecord(i + 1, x, x / 3, Math.Abs(x)))]);
        return History.Parse(history.ToCsv(), "a") == history;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reads_its_file()
    {
        using var folder = new TemporaryFolder();
        Two.Write(folder.At("a.csv"));
        Assert.Equal(Two, History.Read(folder.At("a.csv")));
        Assert.Equal(Two.GetHashCode(), History.Read(folder.At("a.csv")).GetHashCode());
        Assert.Equal(Two, History.Parse(Two.ToCsv().Replace("\n", "\r\n"), "a"));
    }

    [Fact]
    public void The_best_epoch_is_the_first_with_the_smallest_validation_error()
    {
        Assert.Equal(1, Two.Best?.Epoch);
        Assert.Equal(2, new History([new(1, 0, 3, 0), new(2, 0, 2, 0), new(3, 0, 2, 0), new(4, 0, double.NaN, 0)]).Best?.Epoch);
        Assert.Null(History.Empty.Best);
        Assert.Null(new History([new(1, 0, double.NaN, 0), new(2, 0, double.PositiveInfinity, 0)]).Best);
    }

    [Theory]
    [InlineData("", "a.csv: begins with , epoch,train_error,validation_error,seconds was expected")]
    [InlineData("epoch,loss\n", "a.csv: begins with epoch,loss, epoch,train_error,validation_error,seconds was expected")]
    [InlineData("epoch,train_error,validation_error,seconds\n1,2,3,4\n2,x,3,4\n", "a.csv: line 3 is 2,x,3,4, four numbers were expected: epoch,train_error,validation_error,seconds")]
    [InlineData("epoch,train_error,validation_error,seconds\n1,2,3\n", "a.csv: line 2 is 1,2,3, four numbers were expected: epoch,train_error,validation_error,seconds")]
    public void Other_texts_are_refused(string csv, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => History.Parse(csv, "a.csv")).Message);

    [Fact]
    public void A_message_is_one_short_line_whatever_the_file_holds()
    {
        var message = Assert.Throws<DataException>(() => History.Parse("a\u0000b\u0007" + new string('x', 1000), "a.csv")).Message;
        Assert.StartsWith("a.csv: begins with a b xxx", message);
        Assert.InRange(message.Length, 100, 200);
        Assert.DoesNotContain(message, char.IsControl);
    }
}
