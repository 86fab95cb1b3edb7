using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Golden;

/// <summary>The convolutional autoencoder as a graph, compiled into one training step, against five golden steps of Nesterov's momentum.</summary>
public sealed class NetworkTest
{
    public static TheoryData<string> Names => [.. GoldenCase.All.Where(c => c.Op == "network").Select(c => c.Name)];

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void Trains_as_the_golden_one(string name)
    {
        var c = GoldenCase.All.Single(c => c.Name == name);
        // A weight is off by its own rounding and by what the steps before made of theirs.
        if (c.Single) Check<float>(c, 1e-5);
        else Check<double>(c, 1e-9);
    }

    internal static void Check<T>(GoldenCase c, double tolerance, IBackend? backend = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var golden = Npz.Open(Shared.At(["golden", .. c.File.Split('/')]));
        void Agrees(string key, Tensor<T> found) =>
            Assert.Null(GoldenTest.Fault(found.Cast<double>(), golden[key].As<double>(), tolerance) is { } fault ? $"{key}: {fault}" : null);

        var store = new Store<T>();
        Expr Weight(string key)
        {
            var value = golden[$"init_{key}"].As<T>();
            var variable = Expr.Variable(key, value.Shape);
            store[variable] = value;
            return variable;
        }
        var batches = golden["x"].As<T>();
        var x = Expr.Variable("x", "n", 1, 28, 28);
        var weights = new[] { "conv_W", "conv_b", "enc_W", "enc_b", "hid_W", "hid_b", "dec_W", "dec_b" }.ToDictionary(k => k, Weight);
        var (code, output) = Forward(c, x, weights);
        var loss = (output - x.Flatten()).Square().Mean();
        var gradients = Gradient.Of(loss, weights.Values);

        var step = Compiler.Compile<T>(new Computation([x], [loss, output, code, .. gradients], Nesterov(c, weights.Values, gradients, store)), store, backend);
        var losses = new List<T>();
        for (var i = 0; i < batches.Sizes[0]; i++)
        {
            var found = step.Invoke(batches.Rows(i, i + 1).Reshape(batches.Sizes[1..]));
            losses.Add(found[0].Value);
            if (i > 0) continue;
            Agrees("out_step0", found[1]);
            Agrees("code_step0", found[2]);
            foreach (var (key, gradient) in weights.Keys.Zip(found[3..])) Agrees($"grad0_{key}", gradient);
        }
        Agrees("losses", Tensor<T>.Of(losses, losses.Count));
        foreach (var (key, weight) in weights) Agrees($"after5_{key}", store[weight]);
    }

    private static (Expr Code, Expr Output) Forward(GoldenCase c, Expr x, IReadOnlyDictionary<string, Expr> w)
    {
        Expr Activated(Expr z, string attribute) => c.Text(attribute) == "relu" ? z.Relu() : z.Tanh();
        Expr Channels(string bias) => w[bias].Reshape(w[bias].Shape[0], 1, 1);
        var flip = c.Flag("filter_flip");
        var pooled = (x.Convolve(w["conv_W"], flip: flip) + Channels("conv_b")).MaxPool(2, 2);
        var code = Activated(pooled.Flatten().MatMul(w["enc_W"]) + w["enc_b"], "act_encode");
        var hidden = Activated(code.MatMul(w["hid_W"]) + w["hid_b"], "act_hidden");
        var image = hidden.Reshape(-1, w["conv_W"].Shape[0], 17, 17).Repeat(2, 2);
        return (code, (image.Convolve(w["dec_W"], flip: flip) + Channels("dec_b")).Flatten());
    }

    /// <summary>v := μv - ηg; p := p + μv - ηg</summary>
    private static ImmutableArray<Update> Nesterov<T>(GoldenCase c, IEnumerable<Expr> weights, IEnumerable<Expr> gradients, Store<T> store)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rate, momentum) = (c.Attributes.GetProperty("lr").GetDouble(), c.Attributes.GetProperty("momentum").GetDouble());
        return [.. weights.Zip(gradients).SelectMany(pair =>
        {
            var (p, g) = pair;
            var velocity = Expr.Variable($"velocity of {Printer.Short(p)}", p.Shape);
            store[velocity] = Tensor<T>.Full(T.Zero, store[p].Sizes);
            var next = momentum * velocity - rate * g;
            return new Update[] { new(velocity, next), new(p, p + momentum * next - rate * g) };
        })];
    }
}
