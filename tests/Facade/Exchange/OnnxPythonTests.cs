using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Exchange;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>What others say of the models: ONNX's checker with its inference of shapes, and a runtime.</summary>
public sealed class OnnxPythonTests : IDisposable
{
    // Checks every model of a folder; with a runtime also runs it on NAME.npz (x0, x1, … and y) and compares to 1e-5.
    private const string Script = """
        import glob, sys
        import numpy as np, onnx, onnx.checker, onnx.shape_inference
        folder, run = sys.argv[1], sys.argv[2] == "run"
        def evaluator(path):
            try:
                import onnxruntime
                session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
                return lambda inputs: session.run(None, inputs)
            except ImportError:
                from onnx.reference import ReferenceEvaluator
                session = ReferenceEvaluator(path)
                return lambda inputs: session.run(None, inputs)
        count = 0
        for path in sorted(glob.glob(folder + "/*.onnx")):
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
            for said, found in zip(model.graph.output, inferred.graph.output):
                assert len(said.type.tensor_type.shape.dim) == len(found.type.tensor_type.shape.dim), path
            if run:
                values = np.load(path[:-5] + ".npz")
                names = [i.name for i in model.graph.input]
                y = evaluator(path)({n: values["x%d" % i] for i, n in enumerate(names)})[0]
                expected = values["y"]
                assert y.shape == expected.shape, (path, y.shape, expected.shape)
                worst = np.max(np.abs(y - expected) / np.maximum(1, np.abs(expected)), initial=0)
                assert worst <= 1e-5, (path, worst)
            count += 1
        print("right:", count)
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [OnnxCheckerFact]
    public void The_checker_accepts_every_model() => Accepted("check");

    [OnnxRuntimeFact]
    public void A_runtime_gives_the_same_numbers() => Accepted("run");

    private void Accepted(string how)
    {
        Write(_folder.Path);
        File.WriteAllText(_folder.At("script.py"), Script);
        var (code, output) = OnnxPython.Run(_folder.At("script.py"), _folder.Path, how);
        Assert.True(code == 0, output);
        Assert.Equal($"right: {OnnxCases.All.Count + 1}", output.Trim().Split('\n')[^1]);
    }

    /// <summary>A model for each case, and the seed's autoencoder on MNIST's sizes; beside each what goes in, and what our own function makes of it.</summary>
    internal static void Write(string folder)
    {
        foreach (var (number, (_, (shapes, graph))) in OnnxCases.All.Index())
        {
            ImmutableArray<Expr> inputs = [.. shapes.Select((s, i) => Expr.Variable($"x{i}", s))];
            var output = graph([.. inputs]);
            var values = inputs.Select((x, i) => OnnxTests.Numbers(x.Shape, new Dictionary<string, long> { ["n"] = 3, ["m"] = 2 }, i)).ToArray();
            var y = Compiler.Compile(new Computation(inputs, [output], []), new Store<float>()).Invoke(values)[0];
            Onnx.Write(Path.Combine(folder, $"{number:00}.onnx"), inputs, [("y", output)], new());
            Npz.Write(Path.Combine(folder, $"{number:00}.npz"), [.. values.Select((v, i) => ($"x{i}", StoredArray.Of(v))), ("y", StoredArray.Of(y))]);
        }
        var trained = OnnxTests.Seed();
        var images = Tensor<float>.Build([5, 1, 28, 28], v => { for (var i = 0; i < v.Length; i++) v[i] = i * 37 % 256; });
        Onnx.Write(Path.Combine(folder, "seed.onnx"), trained);
        Npz.Write(Path.Combine(folder, "seed.npz"), [("x0", StoredArray.Of(images)), ("y", StoredArray.Of(trained.Encode(images))), ("reconstruction", StoredArray.Of(trained.Reconstruct(images)))]);
    }
}
