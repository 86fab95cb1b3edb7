using AutoDiffAE.Data;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Reports;

public sealed class ContactSheetTests
{
    private static Tensor<float> Plain(int count, int channels, float first) => Tensor<float>.Build([count, channels, 4, 6], values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = first + i / (channels * 24);
    });

    [Theory]
    [InlineData(7, 3, 2)]
    [InlineData(2, 10, 3)]
    [InlineData(1, 1, 1)]
    public void Every_image_is_on_the_grid_with_all_its_pixels(int count, int columns, int scale)
    {
        var sheet = ContactSheet.Grid(Plain(count, 1, 1), columns, scale);
        var shown = sheet.Span.ToArray().CountBy(v => v).ToDictionary();
        for (var i = 0; i < count; i++) Assert.Equal(24 * scale * scale, shown[(byte)(1 + i)]);
        Assert.Equal(count + 1, shown.Count);
    }

    [Fact]
    public void Images_run_from_left_to_right_and_then_down()
    {
        var sheet = ContactSheet.Grid(Plain(5, 1, 1), 2, 1);
        Assert.Equal([1, 2, 3, 4, 5], sheet.Span.ToArray().Where(v => v < 100).Distinct().Select(v => (int)v));
        Assert.True(Place(sheet, 2).Left > Place(sheet, 1).Left && Place(sheet, 2).Top == Place(sheet, 1).Top);
        Assert.True(Place(sheet, 3).Left == Place(sheet, 1).Left && Place(sheet, 3).Top > Place(sheet, 1).Top);
    }

    [Fact]
    public void Outputs_lie_right_below_their_inputs()
    {
        var sheet = ContactSheet.Pairs(Plain(4, 1, 1), Plain(4, 1, 101), 2, 2);
        for (byte i = 1; i <= 4; i++)
        {
            var (input, output) = (Place(sheet, i), Place(sheet, (byte)(100 + i)));
            Assert.Equal(input.Left, output.Left);
            Assert.InRange(output.Top - input.Top, 8 + 1, 8 + 4);
        }
        // The next pair begins farther away than the output does.
        Assert.True(Place(sheet, 3).Top - Place(sheet, 101).Top > Place(sheet, 101).Top - Place(sheet, 1).Top);
    }

    [Fact]
    public void A_pixel_becomes_a_square()
    {
        var sheet = ContactSheet.Grid(Tensor<float>.Of([10f, 20, 30, 40], 1, 1, 2, 2), 1, 3);
        var (top, left) = Place(sheet, 10);
        for (var row = 0; row < 6; row++)
            for (var column = 0; column < 6; column++)
                Assert.Equal(10 + column / 3 * 10 + row / 3 * 20, sheet[top + row, left + column, 0]);
    }

    [Fact]
    public void Values_are_rounded_and_clipped()
    {
        var sheet = ContactSheet.Grid(Tensor<float>.Of([-5f, 300, 99.6f, float.NaN], 1, 1, 1, 4), 1, 1);
        var (top, left) = Place(sheet, 0);
        Assert.Equal([0, 255, 100, 0], Enumerable.Range(0, 4).Select(c => (int)sheet[top, left + c, 0]));
    }

    [Fact]
    public void Colours_keep_their_channels()
    {
        var sheet = ContactSheet.Grid(Tensor<float>.Of([1f, 2, 11, 12, 21, 22], 1, 3, 1, 2), 1, 1);
        Assert.Equal(3, sheet.Sizes[2]);
        var (top, left) = Place(sheet, 1);
        Assert.Equal([1, 11, 21, 2, 12, 22], Enumerable.Range(0, 6).Select(i => (int)sheet[top, left + i / 3, i % 3]));
    }

    [Fact]
    public void What_cannot_be_shown_is_refused()
    {
        Assert.Equal("contact sheet: there is no image to show", Assert.Throws<DataException>(() => ContactSheet.Grid(Plain(0, 1, 0))).Message);
        Assert.Throws<ArgumentException>(() => ContactSheet.Grid(Plain(1, 2, 0)));
        Assert.Throws<ArgumentException>(() => ContactSheet.Grid(Plain(1, 1, 0), columns: 0));
        Assert.Throws<ArgumentException>(() => ContactSheet.Pairs(Plain(1, 1, 0), Plain(2, 1, 0)));
    }

    private static (int Top, int Left) Place(Tensor<byte> sheet, byte value)
    {
        var at = sheet.Span.IndexOf(value) / sheet.Sizes[2];
        return (at / sheet.Sizes[1], at % sheet.Sizes[1]);
    }
}
