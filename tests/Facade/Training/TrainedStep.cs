using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cli;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Tests.Training;

/// <summary>A whole training step of a network from fixed weights over one batch of noise, in buffers that are held.</summary>
internal sealed record TrainedStep(Function<float> Function, Store<float> Store, Buffer<float> Images, Buffer<float> Loss)
{
    /// <summary>The standard network with Nesterov's momentum.</summary>
    public static TrainedStep Standard(IBackend backend, int batch, CompileOptions? options = null) =>
        Of(new ConvolutionalAutoencoder(28, 28).Build(), new NesterovMomentum(0.01, 0.975), backend, batch, options);

    public static TrainedStep Small(IBackend backend, int batch) =>
        Of(new ConvolutionalAutoencoder(8, 8, Filters: 2, FilterSize: 3, Code: 3).Build(), new NesterovMomentum(0.01, 0.975), backend, batch, null);

    /// <summary>Six convolutions with batch normalisation, and Adam.</summary>
    public static TrainedStep Second(IBackend backend, int batch, CompileOptions? options = null) => Of(SecondNetwork.Build(), new Adam(), backend, batch, options);

    private static TrainedStep Of(Network network, Optimizer optimizer, IBackend backend, int batch, CompileOptions? options)
    {
        var task = TrainingTask.Reconstruction(network);
        var recurrence = optimizer.Of(task.Loss, task.Learned);
        var store = new Store<float>();
        network.Initialize(store, new Key(1));
        recurrence.Initialize(store);
        var images = new Buffer<float>(network.Input.Shape.Evaluate(Sizes(batch)));
        Philox.Normal(new Key(2), images.Span);
        return new(Compiler.Compile(new Computation(task.Inputs, [task.Loss], [.. recurrence.Updates, .. task.Updates]), store, backend, options), store, images, new Buffer<float>());
    }

    public static ImmutableDictionary<string, long> Sizes(int batch) => ImmutableDictionary<string, long>.Empty.Add("n", batch);

    public void Run() => Function.Invoke([Images], [Loss]);

    /// <summary>All weights, statistics and states of the optimizer, and the last loss, after some steps.</summary>
    public byte[] After(int steps)
    {
        for (var i = 0; i < steps; i++) Run();
        return [.. Store.Variables.OrderBy(Printer.Short, StringComparer.Ordinal).SelectMany(v => MemoryMarshal.AsBytes(Store[v].Span).ToArray()), .. MemoryMarshal.AsBytes(Loss.Span)];
    }
}
