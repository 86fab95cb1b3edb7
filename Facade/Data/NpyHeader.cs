using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoDiffAE.Data;

/// <summary>
/// What stands before the data of a .npy file (numpy.lib.format): the magic, a version, the length of what follows, and a Python
/// dictionary with exactly the keys descr, fortran_order and shape.
/// </summary>
internal sealed partial record NpyHeader(ElementType Type, bool ColumnMajor, ImmutableArray<int> Sizes, int Length)
{
    /// <summary>What NumPy itself takes a header to be at most, unless told otherwise.</summary>
    private const int Most = 10_000;

    /// <summary>No .npy header with its magic is longer.</summary>
    public const int MostBytes = 12 + Most;

    [GeneratedRegex("""
        ^\{ (?>\s*) (?<entry> (?<quote>['"]) (?:
            descr \k<quote> (?>\s*) : (?>\s*) (?<q>['"]) (?<order>[<>|]) (?<kind>[a-zA-Z]) (?<size>[0-9]{1,4}) \k<q>
          | fortran_order \k<quote> (?>\s*) : (?>\s*) (?<fortran>True|False)
          | shape \k<quote> (?>\s*) : (?>\s*)
            \( (?>\s*) (?: (?<axis>[0-9]+) (?>\s*) , (?>\s*) (?: (?<axis>[0-9]+) (?>\s*) (?: , (?>\s*) (?<axis>[0-9]+) (?>\s*) )* ,? (?>\s*) )? )? (?<shape>\))
        ) (?>\s*) (?: , (?>\s*) | (?=\}) ) ){3} \} (?>\s*) $
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();

    /// <exception cref="DataException">Not a .npy file, an unknown version, another dictionary, or elements that are not plain numbers.</exception>
    public static NpyHeader Parse(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.Length < 10 || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8))
            throw new DataException($"{source}: is not a .npy file, which begins with the byte 93 and NUMPY");
        int version = bytes[6], start = version == 1 ? 10 : 12;
        if (version is < 1 or > 3 || bytes[7] != 0)
            throw new DataException($"{source}: is of the .npy version {version}.{bytes[7]}, versions 1.0, 2.0 and 3.0 can be read");
        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : bytes.Length < start ? long.MaxValue
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length is > Most and < long.MaxValue)
            throw new DataException($"{source}: a header of {length} bytes found, at most {Most} can be: a damaged file, or a table of named columns");
        if (length > bytes.Length - start)
            throw new DataException($"{source}: {bytes.Length} bytes found, its header is longer: the file is cut short");

        var text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes.Slice(start, (int)length));
        var match = Dictionary().Match(text);
        return match.Success && new[] { "kind", "fortran", "shape" }.All(name => match.Groups[name].Captures.Count == 1)
            ? new(TypeOf(match, source), match.Groups["fortran"].Value == "True", SizesOf(match, source), start + (int)length)
            : throw new DataException($"{source}: the header {Excerpt.Of(text)} was found, "
                + "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } or alike was expected");
    }

    /// <summary>Version 1.0, padded with spaces so that the data begin at a multiple of 64 bytes.</summary>
    public static byte[] Bytes(StoredArray array)
    {
        var order = array.ColumnMajor ? "True" : "False";
        var text = $"{{'descr': '{array.Type.Code}', 'fortran_order': {order}, 'shape': {StoredArray.Tuple(array.Sizes)}, }}";
        var length = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private static ElementType TypeOf(Match match, string source)
    {
        var order = match.Groups["order"].Value[0];
        var type = new ElementType(match.Groups["kind"].Value[0], int.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture), order == '>');
        return type.IsKnown && (order != '|' || type.Size == 1)
            ? type
            : throw new DataException($"{source}: holds elements of type {order}{type.Kind}{type.Size}, "
                + "plain numbers were expected (f2 f4 f8, i1 to i8, u1 to u8, b1)");
    }

    private static ImmutableArray<int> SizesOf(Match match, string source) =>
    [
        .. match.Groups["axis"].Captures.Select(capture => int.TryParse(capture.Value, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new DataException($"{source}: has an axis of size {capture.Value}, at most {int.MaxValue} can be read")),
    ];
}
