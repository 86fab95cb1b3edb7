using AutoDiffAE.Shapes;
using Google.Protobuf;

namespace AutoDiffAE.Exchange;

/// <summary>An ONNX model in the wire format of Protocol Buffers; the field numbers are those of onnx.proto.</summary>
internal static class OnnxWriter
{
    /// <summary>The set of operations that the translation is written for, and the version of the file format that came with it (ONNX 1.12).</summary>
    public const int OperatorSet = 17, IrVersion = 8;

    private const int Ints = 7, Int = 2;

    public static byte[] Model(OnnxGraph graph, string name) => Message(m =>
    {
        Number(m, 1, IrVersion);
        Text(m, 2, "AutoDiffAE");
        Nested(m, 7, Graph(graph, name));
        Nested(m, 8, Message(set =>
        {
            Text(set, 1, "");
            Number(set, 2, OperatorSet);
        }));
    });

    private static byte[] Graph(OnnxGraph graph, string name) => Message(g =>
    {
        foreach (var (i, node) in graph.Nodes.Index()) Nested(g, 1, Node(node, i));
        Text(g, 2, name);
        foreach (var tensor in graph.Initializers) Nested(g, 5, Tensor(tensor));
        foreach (var input in graph.Inputs) Nested(g, 11, Value(input));
        foreach (var output in graph.Outputs) Nested(g, 12, Value(output));
    });

    private static byte[] Node(OnnxNode node, int index) => Message(n =>
    {
        foreach (var input in node.Inputs) Text(n, 1, input);
        foreach (var output in node.Outputs) Text(n, 2, output);
        Text(n, 3, $"{node.Operation}_{index}");
        Text(n, 4, node.Operation);
        foreach (var attribute in node.Attributes) Nested(n, 5, Attribute(attribute));
    });

    private static byte[] Attribute(OnnxAttribute attribute) => Message(a =>
    {
        Text(a, 1, attribute.Name);
        switch (attribute)
        {
            case OnnxAttribute.One one:
                Number(a, 3, one.Value);
                Number(a, 20, Int);
                break;
            case OnnxAttribute.Many many:
                foreach (var value in many.Values) Number(a, 8, value);
                Number(a, 20, Ints);
                break;
        }
    });

    private static byte[] Tensor(OnnxTensor tensor) => Message(t =>
    {
        foreach (var size in tensor.Sizes) Number(t, 1, size);
        Number(t, 2, tensor.Type);
        Text(t, 8, tensor.Name);
        Nested(t, 9, tensor.Bytes);
    });

    private static byte[] Value(OnnxValue value) => Message(v =>
    {
        Text(v, 1, value.Name);
        Nested(v, 2, Message(type => Nested(type, 1, Message(tensor =>
        {
            Number(tensor, 1, OnnxTensor.Float);
            Nested(tensor, 2, Message(shape =>
            {
                foreach (var length in value.Shape) Nested(shape, 1, Message(d => Length(d, length)));
            }));
        }))));
    });

    private static void Length(CodedOutputStream dimension, Dim length)
    {
        if (length.Value is { } number) Number(dimension, 1, number);
        else Text(dimension, 2, length.ToString());
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        var bytes = new MemoryStream();
        using (var stream = new CodedOutputStream(bytes)) write(stream);
        return bytes.ToArray();
    }

    private static void Number(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    private static void Text(CodedOutputStream stream, int field, string text)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(text);
    }

    private static void Nested(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }
}
