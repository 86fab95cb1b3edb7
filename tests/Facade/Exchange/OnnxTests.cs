using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Exchange;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Exchange;

public sealed class OnnxTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. OnnxCases.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_computes_what_its_graph_does(string name)
    {
        var (shapes, graph) = OnnxCases.All[name];
        ImmutableArray<Expr> inputs = [.. shapes.Select((s, i) => Expr.Variable($"x{i}", s))];
        Agrees(inputs, graph([.. inputs]), new Dictionary<string, long> { ["n"] = 3, ["m"] = 2 });
        Agrees(inputs, graph([.. inputs]), new Dictionary<string, long> { ["n"] = 4, ["m"] = 5 });
    }

    /// <summary>The functions whose formulas are approximations over bits that ONNX has not would stand here; there are none.</summary>
    [Fact]
    public void Every_scalar_function_is_written_by_name_or_as_its_formula()
    {
        var functions = typeof(IUnaryFunction).Assembly.GetExportedTypes().Where(t => t.IsValueType).SelectMany(Functions).ToList();
        Assert.True(functions.Count > 70);
        foreach (var function in functions)
        {
            ImmutableArray<Expr> inputs = [.. Enumerable.Range(0, function.Arity).Select(i => Expr.Variable($"x{i}", "n", 7))];
            var offset = function.Name == "acosh" ? 1.1 : 0;
            // The order of a polygamma is a whole number.
            ImmutableArray<Expr> args = function.Name == "polygamma" ? [1, inputs[1]] : [.. inputs.Select(i => i + offset)];
            Agrees(function.Name == "polygamma" ? inputs[1..] : inputs, Expr.Map(function, args), new Dictionary<string, long> { ["n"] = 2 }, function.Name);
        }
    }

    [Fact]
    public void The_autoencoder_has_open_batches_its_parameters_by_name_and_two_outputs()
    {
        var trained = Small();
        Onnx.Write(_folder.At("m.onnx"), trained);
        var model = OnnxModel.Read(_folder.At("m.onnx"));
        Assert.Equal(("images", "n, 1, 12, 12"), (model.Inputs.Single().Name, string.Join(", ", model.Inputs.Single().Lengths)));
        Assert.Equal(["code: n, 5", "reconstruction: n, 1, 12, 12"], model.Outputs.Select(o => $"{o.Name}: {string.Join(", ", o.Lengths)}"));
        Assert.All(trained.Network.Parameters, p =>
        {
            var (stored, value) = (model.Initializers[p.Name], trained.Store[p.Variable]);
            Assert.Equal(value.Sizes.ToArray(), stored.Sizes);
            Assert.Equal(value.Span.ToArray(), stored.Values.Select(v => (float)v));
        });
        // A convolution that flips its filters, the pooling, two dense layers and the other convolution.
        Assert.Equal(["Conv", "Conv", "MatMul", "MatMul", "ReduceMax", "Relu", "Relu", "Slice", "Slice"],
            model.Nodes.Select(n => n.Operation).Where(o => o is "Conv" or "MatMul" or "Relu" or "Slice" or "ReduceMax" or "MaxPool").Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> Variants => [.. Variant.Known];

    [Theory]
    [MemberData(nameof(Variants))]
    public void An_autoencoder_of_each_variant_gives_the_same_codes_and_reconstructions(string variant)
    {
        var trained = Made(new ConvolutionalAutoencoder(12, 12, Filters: 3, FilterSize: 5, Code: 5, Variation: variant));
        Onnx.Write(_folder.At("m.onnx"), trained);
        var images = Blobs.Generate(3, new BlobOptions(12, 12, Most: 2, LargestRadius: 4), 5).Pixels;
        var outputs = OnnxModel.Read(_folder.At("m.onnx")).Run(Array(images));
        Near(trained.Encode(images), outputs[0], "code");
        var reconstructed = trained.Reconstruct(images);
        Near(reconstructed.Reshape(3, 1, 12, 12), outputs[1], "reconstruction");
    }

    [Fact]
    public void A_node_finds_its_inputs_before_it_and_nothing_is_left_over()
    {
        foreach (var (name, (shapes, graph)) in OnnxCases.All)
        {
            ImmutableArray<Expr> inputs = [.. shapes.Select((s, i) => Expr.Variable($"x{i}", s))];
            var model = Written(inputs, graph([.. inputs]), new());
            var known = model.Inputs.Select(i => i.Name).Concat(model.Initializers.Keys).ToHashSet();
            foreach (var node in model.Nodes)
            {
                Assert.Subset(known, node.Inputs.ToHashSet());
                Assert.All(node.Outputs, o => Assert.True(known.Add(o), $"{name}: {o} twice"));
            }
            Assert.Subset(known, model.Outputs.Select(o => o.Name).ToHashSet());
            Assert.Subset(model.Nodes.SelectMany(n => n.Inputs).ToHashSet(), model.Initializers.Keys.ToHashSet());
        }
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "cholesky", "cholesky_lower(x) (2, 2): is a Cholesky factor, for which ONNX has no operation" },
        { "uniform", "uniform(0) (3): draws the random numbers of a key, for which ONNX has no operation" },
        { "cummax", "cummax(x) (2, 2): is a running maximum, for which ONNX has no operation" },
        { "free", "w (2): the variable is no input of the model, and has no value in the store" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Says_what_it_cannot_write(string graph, string message)
    {
        var x = Expr.Variable("x", 2, 2);
        var y = graph switch
        {
            "cholesky" => Expr.Of(new Op.Cholesky(), x),
            "uniform" => Expr.Of(new Op.Uniform(1, [3]), 0),
            "cummax" => x.CumMax(0),
            _ => x + Expr.Variable("w", 2),
        };
        Assert.Equal($"onnx: {message}", Assert.Throws<NotSupportedException>(() => Onnx.Operations([x], [("y", y)], new())).Message);
    }

    [Fact]
    public void A_users_function_is_never_taken_for_one_of_the_same_name()
    {
        var x = Expr.Variable("x", 3);
        Agrees([x], Expr.Call<OtherRelu>(x), new Dictionary<string, long>());
        Assert.DoesNotContain("Relu", Onnx.Operations([x], [("y", Expr.Call<OtherRelu>(x))], new()));
    }

    /// <summary>x² under a name that is taken.</summary>
    public readonly struct OtherRelu : IUnaryFunction
    {
        public static string Name => "relu";
        public static V Apply<V>(V x) where V : IReal<V> => x * x;
        public static V Derivative<V>(V x, V y) where V : IReal<V> => 2 * x;
    }

    [Fact]
    public void Two_variables_of_one_name_stay_two()
    {
        var (x, a, b) = (Expr.Variable("x", 2), Expr.Variable("w", 2), Expr.Variable("w", 2));
        var store = new Store<float> { [a] = Tensor<float>.Of([1f, 2], 2), [b] = Tensor<float>.Of([10f, 20], 2) };
        var outputs = Written([x], x * a + b, store).Run(new OnnxArray([2], [3, 4]));
        Assert.Equal([13.0, 28], outputs[0].Values);
    }

    internal static TrainedAutoencoder Small() => Made(new ConvolutionalAutoencoder(12, 12, Filters: 3, FilterSize: 5, Code: 5));

    /// <summary>The network of the blog post.</summary>
    internal static TrainedAutoencoder Seed() => Made(new ConvolutionalAutoencoder(28, 28));

    private static TrainedAutoencoder Made(ConvolutionalAutoencoder options)
    {
        var (network, store) = (options.Build(), new Store<float>());
        network.Initialize(store, new Key(3));
        // Biases are 0 at first, which would not show where they go.
        foreach (var p in network.Parameters.Where(p => p.Tags.Contains(Parameter.Bias))) store[p.Variable] = Numbers(p.Variable.Shape, new Dictionary<string, long>(), 9);
        return new(options, network, store, new(30, 70));
    }

    private void Agrees(ImmutableArray<Expr> inputs, Expr output, IReadOnlyDictionary<string, long> sizes, string? name = null)
    {
        var values = inputs.Select((x, i) => Numbers(x.Shape, sizes, i)).ToArray();
        var expected = Compiler.Compile(new Computation(inputs, [output], []), new Store<float>()).Invoke(values)[0];
        Near(expected, Written(inputs, output, new()).Run([.. values.Select(Array)])[0], name ?? "");
    }

    private OnnxModel Written(ImmutableArray<Expr> inputs, Expr output, Store<float> store)
    {
        Onnx.Write(_folder.At("model.onnx"), inputs, [("y", output)], store);
        return OnnxModel.Read(_folder.At("model.onnx"));
    }

    internal static void Near(Tensor<float> expected, OnnxArray found, string name)
    {
        Assert.Equal(expected.Sizes.ToArray(), found.Sizes);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected.Span[i] - found.Values[i]) <= Tolerance * Math.Max(1, Math.Abs(found.Values[i])), $"{name}: {found.Values[i]} at {i}, {expected.Span[i]} expected");
    }

    internal static OnnxArray Array(Tensor<float> values) => new(values.Sizes.ToArray(), [.. values.Span.ToArray().Select(v => (double)v)]);

    /// <summary>Between 0.1 and 0.9.</summary>
    internal static Tensor<float> Numbers(Shape shape, IReadOnlyDictionary<string, long> sizes, int seed)
    {
        var random = new Random(seed);
        return Tensor<float>.Build(shape.Evaluate(sizes), values => { foreach (ref var v in values) v = 0.1f + 0.8f * random.NextSingle(); });
    }

    private static IEnumerable<ScalarFunction> Functions(Type type)
    {
        ScalarFunction Made(string name) => (ScalarFunction)typeof(ScalarFunction).GetMethod(name)!.MakeGenericMethod(type).Invoke(null, [])!;
        if (type.IsAssignableTo(typeof(IUnaryFunction))) yield return Made(nameof(ScalarFunction.Unary));
        if (type.IsAssignableTo(typeof(IBinaryFunction))) yield return Made(nameof(ScalarFunction.Binary));
        if (type.IsAssignableTo(typeof(ITernaryFunction))) yield return Made(nameof(ScalarFunction.Ternary));
    }
}
