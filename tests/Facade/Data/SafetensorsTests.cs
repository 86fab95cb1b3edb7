using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // By hand, from the format's description: the length of the header as 8 bytes, the header, then the arrays' bytes.
    private static byte[] File(string header, params byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    [Fact]
    public void Reads_a_file_made_by_hand()
    {
        var file = Safetensors.Open(_folder.Holding("a.safetensors", File(
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[1,9]},"ü":{"dtype":"BOOL","shape":[],"data_offsets":[0,1]}}   """,
            1, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0)));
        Assert.Equal<string>(["w", "ü"], file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal<int>([2, 1], file["w"].Sizes);
        Assert.Equal([1.5f, -2], file["w"].As<float>().Span.ToArray());
        Assert.Equal("bool", file["ü"].Type.Name);
        Assert.Equal(1, file["ü"].As<byte>().Value);
    }

    [Theory]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xf8, 0x3f }, 1.5)]
    [InlineData("F32", new byte[] { 0, 0, 0xc0, 0x3f }, 1.5)]
    [InlineData("F16", new byte[] { 0, 0x3e }, 1.5)]
    [InlineData("BF16", new byte[] { 0xc0, 0x3f }, 1.5)]
    [InlineData("I64", new byte[] { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -2)]
    [InlineData("I32", new byte[] { 0xfe, 0xff, 0xff, 0xff }, -2)]
    [InlineData("I16", new byte[] { 0xfe, 0xff }, -2)]
    [InlineData("I8", new byte[] { 0xfe }, -2)]
    [InlineData("U64", new byte[] { 0, 1, 0, 0, 0, 0, 0, 0 }, 256)]
    [InlineData("U32", new byte[] { 0, 1, 0, 0 }, 256)]
    [InlineData("U16", new byte[] { 0, 1 }, 256)]
    [InlineData("U8", new byte[] { 254 }, 254)]
    [InlineData("BOOL", new byte[] { 1 }, 1)]
    public void Reads_every_type_that_has_a_counterpart(string dtype, byte[] data, double expected)
    {
        var header = $$$"""{"a":{"dtype":"{{{dtype}}}","shape":[1],"data_offsets":[0,{{{data.Length}}}]}}""";
        Assert.Equal(expected, Safetensors.Open(_folder.Holding("a.safetensors", File(header, data)))["a"].As<double>().Value);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", "a holds numbers of type F8_E4M3, of these F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL can be read")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "its header is no JSON object of arrays (")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,1]}}""", "a has 1 bytes from 0 to 1, 2 expected for U8 of shape [2]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", """{"dtype":"U8","shape":[1],"data_offsets":[1,0]} was found for a, {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]} or alike was expected""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", """{"dtype":"U8","shape":[-1],"data_offsets":[0,1]} was found for a, """)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", """{"dtype":"U8","shape":[1]} was found for a, """)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "b begins at byte 0 of the data, where 1 was expected: arrays overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}}""", "b begins at byte 1 of the data, where 0 was expected: arrays leave a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", "1 bytes of data found, 2 expected: the file is cut short")]
    [InlineData("""{}""", "1 bytes of data found, 0 expected: there is more than the arrays in it")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3000000000],"data_offsets":[0,3000000000]}}""", "a of shape [3000000000] is larger than a tensor can be, 2147483647 elements and 2147483591 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", "a of shape [4611686018427387904, 4, 0] is larger than a tensor can be")]
    [InlineData("""{"__metadata__":{"a":1}}""", "__metadata__ has to be an object of texts")]
    [InlineData("""[]""", "its header does not begin with {, no .safetensors file")]
    [InlineData("""{"a":""", "its header is no JSON object of arrays (")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "its header is no JSON object of arrays (")]
    public void Says_what_is_wrong(string header, string message)
    {
        var path = _folder.Holding("a.safetensors", File(header, 7));
        var found = Assert.Throws<DataException>(() => Safetensors.Open(path)).Message;
        Assert.StartsWith($"{path}: {message}", found);
        Assert.DoesNotContain('\n', found);
    }

    [Fact]
    public void Says_that_it_is_cut_short_or_no_such_file()
    {
        string Message(params byte[] file) => Assert.Throws<DataException>(() => Safetensors.Open(_folder.Holding("a.safetensors", file))).Message[$"{_folder.At("a.safetensors")}: ".Length..];
        Assert.Equal("3 bytes found, a .safetensors file has at least 8", Message(1, 0, 0));
        Assert.Equal("10 bytes found, its header is longer: the file is cut short", Message(9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'));
        Assert.Equal("a header of 100000001 bytes found, at most 100000000 can be: no .safetensors file, or a damaged one", Message(1, 0xe1, 0xf5, 5, 0, 0, 0, 0, 0));
        Assert.StartsWith("a header of 18446744073709551615 bytes found", Message([.. Enumerable.Repeat((byte)255, 8)]));
        Assert.StartsWith("its header does not begin with {", Message(new byte[8]));
    }

    [Fact]
    public void Many_axes_are_refused_before_their_product_is_made()
    {
        var header = $$$"""{"a":{"dtype":"U8","shape":[{{{string.Join(",", Enumerable.Repeat("9223372036854775807", 1_000_000))}}}],"data_offsets":[0,1]}}""";
        var path = _folder.Holding("a.safetensors", File(header, 7));
        Assert.Equal($"{path}: a has 1000000 axes, at most 64 can be read", Assert.Throws<DataException>(() => Safetensors.Open(path)).Message);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        var path = _folder.At("a.safetensors");
        Safetensors.Write(path, Arrays, new Dictionary<string, string> { ["by"] = "ü" });
        var file = Safetensors.Open(path);
        Assert.Equal("ü", file.Metadata["by"]);
        Assert.Equal(Arrays.Select(a => a.Name).Order(), file.Names.Order());
        Assert.Equal([1f, float.NaN, -0f], file["f"].As<float>().Span.ToArray());
        Assert.Equal(Math.PI, file["d"].As<double>().Value);
        Assert.Equal<int>([0, 4], file["b/c"].Sizes);
        Assert.Equal(long.MinValue, file["l"].As<long>().Value);
        Assert.Equal((Half)0.1, file["h"].As<Half>().Value);
        Assert.Equal("größer\n", file["text"].AsText());
    }

    [Fact]
    public void What_is_written_is_aligned_contiguous_and_always_the_same()
    {
        Safetensors.Write(_folder.At("a.safetensors"), Arrays);
        Safetensors.Write(_folder.At("b.safetensors"), Arrays.Reverse());
        var bytes = System.IO.File.ReadAllBytes(_folder.At("a.safetensors"));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(_folder.At("b.safetensors")));
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"l":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"f":{"dtype":"F32","shape":[3],"data_offsets":[16,28]},"""
            + """ "h":{"dtype":"F16","shape":[],"data_offsets":[28,30]},"b/c":{"dtype":"U8","shape":[0,4],"data_offsets":[30,30]},"text":{"dtype":"U8","shape":[9],"data_offsets":[30,39]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ').Replace(",\"h\":", ", \"h\":"));
        Assert.Equal(8 + length + 39, bytes.Length);
    }

    [Theory]
    [InlineData(">f8")]
    [InlineData(">i2")]
    [InlineData("<u4")]
    [InlineData("|b1")]
    public void Arrays_of_another_order_are_turned(string code)
    {
        // (2, 2) in columns: 1 0 in the first row, 0 1 in the second of the transpose would hide a mistake; 1 0 / 1 0 does not.
        var size = code[2] - '0';
        byte[] Number(byte value) => code switch
        {
            ">f8" => value == 0 ? new byte[8] : [0x3f, 0xf0, 0, 0, 0, 0, 0, 0],
            ['>', ..] => [.. new byte[size - 1], value],
            _ => [value, .. new byte[size - 1]],
        };
        var text = $"{{'descr': '{code}', 'fortran_order': True, 'shape': (2, 2), }}\n";
        byte[] npy = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), .. Number(1), .. Number(1), .. Number(0), .. Number(0)];
        Safetensors.Write(_folder.At("a.safetensors"), [("a", Npy.Load(_folder.Holding("a.npy", npy)))]);
        var array = Safetensors.Open(_folder.At("a.safetensors"))["a"];
        Assert.Equal([1.0, 0, 1, 0], array.As<double>().Span.ToArray());
        Assert.Equal((code[1], size), (array.Type.Kind, array.Type.Size));
    }

    [Fact]
    public void Names_are_given_once_and_not_empty()
    {
        var one = StoredArray.OfText("x");
        Assert.Equal("a: the name w is given to several arrays", Assert.Throws<DataException>(() => Safetensors.Write("a", [("w", one), ("w", one)])).Message);
        Assert.Equal("a: an array without a name cannot be written", Assert.Throws<DataException>(() => Safetensors.Write("a", [("", one)])).Message);
        Assert.Equal("a: no array can have the name __metadata__", Assert.Throws<DataException>(() => Safetensors.Write("a", [("__metadata__", one)])).Message);
    }

    [Theory]
    [InlineData("a.npz")]
    [InlineData("a.safetensors")]
    public void Parameters_that_do_not_fit_are_all_listed_at_once(string name)
    {
        var network = Network.Sequential(("input", new Input(3)), ("code", new Dense(2)), ("output", new Dense(3)));
        ArrayFile.Write(_folder.At(name), [("code/W", StoredArray.Of(Tensor<float>.Full(1, 2, 3))), ("code/b", StoredArray.Of(Tensor<float>.Full(1, 2))), ("other", StoredArray.OfText("x"))]);
        var e = Assert.Throws<DataException>(() => ParameterFile.Read(ArrayFile.Open(_folder.At(name)), "a", network.Parameters));
        Assert.Equal("a: does not fit its network: code/W has the shape (2, 3) where (3, 2) is needed; output/W (2, 3) is missing; output/b (3) is missing; other is not part of the network", e.Message);
    }

    [Fact]
    public void The_kind_of_a_file_is_told_by_its_bytes()
    {
        Safetensors.Write(_folder.At("a.safetensors"), Arrays);
        Npz.Write(_folder.At("a.npz"), Arrays);
        System.IO.File.Copy(_folder.At("a.npz"), _folder.At("b.safetensors"));
        Assert.IsType<SafetensorsFile>(ArrayFile.Open(_folder.At("a.safetensors")));
        Assert.IsType<NpzFile>(ArrayFile.Open(_folder.At("a.npz")));
        Assert.IsType<NpzFile>(ArrayFile.Open(_folder.At("b.safetensors")));
    }

    private static ImmutableArray<(string Name, StoredArray Array)> Arrays =>
    [
        ("f", StoredArray.Of(Tensor<float>.Of([1f, float.NaN, -0f], 3))),
        ("d", StoredArray.Of(Tensor<double>.Scalar(Math.PI))),
        ("b/c", StoredArray.Of(Tensor<byte>.Full(0, 0, 4))),
        ("l", StoredArray.Of(Tensor<long>.Scalar(long.MinValue))),
        ("h", StoredArray.Of(Tensor<Half>.Scalar((Half)0.1))),
        ("text", StoredArray.OfText("größer\n")),
    ];
}
