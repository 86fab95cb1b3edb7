using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;

namespace AutoDiffAE.Exchange;

/// <summary>
/// Models in the format of ONNX (operator set 17), in single precision, for other runtimes. What is written is the graph as it was built, definitions
/// opened: the compiler's rewriting is not part of it, so a naive log(1 + exp x) overflows there. Sizes that are named stay open.
/// </summary>
public static class Onnx
{
    /// <summary>The operation that each node of a model is, in order; for a look at what would be written.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{Expr}, IEnumerable{ValueTuple{string, Expr}}, Store{float})"/>
    public static ImmutableArray<string> Operations(IEnumerable<Expr> inputs, IEnumerable<(string Name, Expr Value)> outputs, Store<float> store) =>
        [.. Graph(inputs, outputs, store).Nodes.Select(n => n.Operation)];

    /// <summary>Writes a model of some expressions.</summary>
    /// <param name="inputs">The variables that a run is given, by their names.</param>
    /// <param name="outputs">What a run gives.</param>
    /// <param name="store">The values of all other variables, which become part of the model under the variables' names.</param>
    /// <exception cref="NotSupportedException">ONNX has not one of the operations: says which, and where.</exception>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<Expr> inputs, IEnumerable<(string Name, Expr Value)> outputs, Store<float> store)
    {
        var graph = Graph(inputs, outputs, store);
        if (graph.Initializers.Sum(t => (long)t.Bytes.Length) > 2_000_000_000)
            throw new DataException($"{path}: the model is larger than 2 GB, more than a message of ONNX can be");
        var model = OnnxWriter.Model(graph, Path.GetFileNameWithoutExtension(path));
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    /// <summary>Writes an autoencoder that takes images (n, channels, height, width) in their own units, and gives their code (n, code) and its reconstruction of them.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{Expr}, IEnumerable{ValueTuple{string, Expr}}, Store{float})"/>
    public static void Write(string path, TrainedAutoencoder trained)
    {
        var images = Expr.Variable("images", trained.Network.Input.Shape);
        var (mean, deviation) = (trained.Standardization.Mean, trained.Standardization.Deviation);
        var code = ConvolutionalAutoencoder.Encoder(trained.Network).Apply(images * (1 / deviation) + -mean / deviation);
        var reconstruction = ConvolutionalAutoencoder.Decoder(trained.Network).Apply(code) * deviation + mean;
        Write(path, [images], [("code", code), ("reconstruction", reconstruction.Reshape(images.Shape))], trained.Store);
    }

    /// <summary>Writes a network as it is used after training; its outputs have the names of the layers that they come from.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{Expr}, IEnumerable{ValueTuple{string, Expr}}, Store{float})"/>
    public static void Write(string path, Network network, Store<float> store)
    {
        var outputs = network.Outputs;
        Write(path, network.Inputs, outputs.Select((o, i) => (o.Op is Op.Variable || o.Origin.Name is not { } name || outputs.Count(other => other.Origin.Name == name) > 1 ? $"output{i}" : name, o)), store);
    }

    internal static OnnxGraph Graph(IEnumerable<Expr> inputs, IEnumerable<(string Name, Expr Value)> outputs, Store<float> store)
    {
        var (given, wanted) = (inputs.ToImmutableArray(), outputs.ToImmutableArray());
        if (given.FirstOrDefault(i => i.Op is not Op.Variable) is { } other) throw new ArgumentException($"{Printer.Short(other)} is no variable, so it cannot be an input", nameof(inputs));
        if (wanted.IsEmpty || wanted.Any(o => o.Name.Length == 0) || wanted.DistinctBy(o => o.Name).Count() < wanted.Length)
            throw new ArgumentException("at least one output is needed, each with a name of its own", nameof(outputs));

        if (wanted.FirstOrDefault(o => given.Any(i => ((Op.Variable)i.Op).Label == o.Name)).Name is { } both)
            throw new ArgumentException($"the name {both} stands for an input already, an output needs another", nameof(outputs));

        var graph = new OnnxBuilder();
        foreach (var (name, _) in wanted) graph.Unique(name);
        ImmutableArray<OnnxValue> values = [.. given.Select(graph.Input)];
        var roots = new OnnxForm().Of(wanted.Select(o => o.Value));
        foreach (var node in Traversal.Topological(roots).Where(n => !graph.Has(n)))
            graph[node] = node.Op is Op.Variable && store.Contains(node) ? graph.Parameter(node, store[node]) : node.Op.Match(new OnnxRules(graph, node));
        // An output has its name from a node of its own: its value may be an input, or another output as well.
        foreach (var ((name, _), root) in wanted.Zip(roots)) graph.Add(new("Identity", [graph[root]], [name], []));
        return new OnnxGraph(values, [.. wanted.Zip(roots, (o, root) => new OnnxValue(o.Name, root.Shape))], [.. graph.Initializers], [.. graph.Nodes]).Pruned();
    }
}
