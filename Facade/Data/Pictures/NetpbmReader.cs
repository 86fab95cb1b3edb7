using System.Globalization;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// Netpbm's PGM and PPM pictures: P2, P3 (numbers as text), P5, P6 (bytes), then width, height and the largest value, at most 255, to which the values
/// are scaled. A comment reaches from # to the end of its line.
/// </summary>
internal ref struct NetpbmReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _source;
    private int _at;

    private NetpbmReader(ReadOnlySpan<byte> bytes, string source)
    {
        _bytes = bytes;
        (_source, _at) = (source, 2);
    }

    /// <exception cref="DataException">Another kind, damaged, or with more than 8 bits a value.</exception>
    public static Tensor<byte> Read(ReadOnlySpan<byte> bytes, string source)
    {
        var kind = (char)bytes[1];
        if (kind is '1' or '4' or '7') throw new DataException($"{source}: is a Netpbm picture P{kind}, P2, P3, P5 and P6 can be read");
        var reader = new NetpbmReader(bytes, source);
        var (width, height, most) = (reader.Number("width"), reader.Number("height"), reader.Number("largest value"));
        if (most is < 1 or > 255) throw new DataException($"{source}: has the largest value {most}, 1 to 255 can be read");
        var channels = kind is '3' or '6' ? 3 : 1;
        var count = Picture.Count(height, width, channels, source);
        return Tensor<byte>.Of(kind is '2' or '3' ? reader.Text(count, most) : reader.Binary(count, most), height, width, channels);
    }

    private byte[] Binary(int count, int most)
    {
        // A single white space ends the header.
        if (_at >= _bytes.Length || !IsSpace(_bytes[_at])) throw CutShort(_bytes.Length - _at, count);
        var data = _bytes[(_at + 1)..];
        if (data.Length < count) throw CutShort(data.Length, count);
        if (data.Length > count) throw new DataException($"{_source}: {data.Length} bytes of pixels found, {count} expected: there is more than the picture in it");
        var values = data.ToArray();
        foreach (ref var value in values.AsSpan()) value = Scaled(value, most);
        return values;
    }

    private byte[] Text(int count, int most)
    {
        // Each number has a digit and, but for the last, a space.
        if (count > (_bytes.Length - _at + 1) / 2) throw CutShort((_bytes.Length - _at + 1) / 2, count);
        var values = new byte[count];
        foreach (ref var value in values.AsSpan()) value = Scaled(Number("pixel"), most);
        Skip();
        return _at == _bytes.Length ? values : throw new DataException($"{_source}: there is more than the picture in it, from byte {_at} on");
    }

    private DataException CutShort(int found, int count) => new($"{_source}: {found} values of pixels found at most, {count} expected: the file is cut short");

    private byte Scaled(int value, int most) => value <= most
        ? (byte)((value * 255 + most / 2) / most)
        : throw new DataException($"{_source}: a pixel of {value} found, {most} is the largest value");

    private int Number(string what)
    {
        Skip();
        var start = _at;
        while (_at < _bytes.Length && char.IsAsciiDigit((char)_bytes[_at])) _at++;
        return int.TryParse(_bytes[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DataException($"{_source}: at byte {start} the {what} was expected, a whole number");
    }

    private void Skip()
    {
        for (var comment = false; _at < _bytes.Length && (comment || IsSpace(_bytes[_at]) || _bytes[_at] == '#'); _at++)
            comment = _bytes[_at] == '#' || (comment && _bytes[_at] is not ((byte)'\n' or (byte)'\r'));
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or >= 9 and <= 13;
}
