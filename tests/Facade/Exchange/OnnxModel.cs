using System.Buffers.Binary;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>An ONNX model as its file says it, and what it computes by the words of ONNX's operator specification, in double precision.</summary>
internal sealed record OnnxModel(
    IReadOnlyList<(string Name, string[] Lengths)> Inputs,
    IReadOnlyList<(string Name, string[] Lengths)> Outputs,
    IReadOnlyDictionary<string, OnnxArray> Initializers,
    IReadOnlyList<OnnxModel.Node> Nodes)
{
    internal sealed record Node(string Operation, string[] Inputs, string[] Outputs, IReadOnlyDictionary<string, long[]> Attributes);

    public static OnnxModel Of(byte[] bytes)
    {
        var model = new WireMessage(bytes);
        Require(model.Number(1) == 8, "version of the format");
        var set = model.Message(8);
        Require(set.Text(1) == "" && set.Number(2) == 17, "set of operators");
        var graph = model.Message(7);
        Require(graph.Known.All(f => f is 1 or 2 or 5 or 11 or 12), "fields of the graph");
        return new(
            [.. graph.Messages(11).Select(Value)], [.. graph.Messages(12).Select(Value)],
            graph.Messages(5).ToDictionary(t => t.Text(8), Tensor),
            [.. graph.Messages(1).Select(n => new Node(n.Text(4), n.Texts(1), n.Texts(2), n.Messages(5).ToDictionary(a => a.Text(1), Attribute)))]);
    }

    public static OnnxModel Read(string path) => Of(File.ReadAllBytes(path));

    public IReadOnlyList<OnnxArray> Run(params OnnxArray[] inputs)
    {
        var values = new Dictionary<string, OnnxArray>(Initializers);
        foreach (var ((name, _), value) in Inputs.Zip(inputs)) values.Add(name, value);
        foreach (var node in Nodes)
            foreach (var (name, value) in node.Outputs.Zip(OnnxEvaluator.Run(node, [.. node.Inputs.Select(n => values[n])])))
                values.Add(name, value);
        return [.. Outputs.Select(o => values[o.Name])];
    }

    private static (string, string[]) Value(WireMessage value)
    {
        var tensor = value.Message(2).Message(1);
        Require(tensor.Number(1) == 1, "inputs and outputs are floats");
        return (value.Text(1), [.. tensor.Message(2).Messages(1).Select(d => d.Has(1) ? d.Number(1).ToString(System.Globalization.CultureInfo.InvariantCulture) : d.Text(2))]);
    }

    private static long[] Attribute(WireMessage attribute) => attribute.Number(20) switch
    {
        2 => attribute.Numbers(3),
        7 => attribute.Numbers(8),
        var other => throw new InvalidDataException($"an attribute of type {other}"),
    };

    private static OnnxArray Tensor(WireMessage tensor)
    {
        var (sizes, bytes) = (tensor.Numbers(1).Select(s => (int)s).ToArray(), tensor.Bytes(9));
        double[] values = tensor.Number(2) switch
        {
            1 => [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i)))],
            7 => [.. Enumerable.Range(0, bytes.Length / 8).Select(i => (double)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i)))],
            var other => throw new InvalidDataException($"a tensor of type {other}"),
        };
        return new(sizes, values);
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidDataException($"ONNX: {what}");
    }
}
