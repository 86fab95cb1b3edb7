using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Profiling;
using AutoDiffAE.Tensors;

namespace AutoDiffAE;

/// <summary>A device that runs plans. It sees steps over buffer slots: no expression, no gradient.</summary>
public interface IBackend
{
    string Name { get; }

    /// <summary>
    /// After how many steps a training does well to read its losses: 1 where a step is done when its call returns, more where reading waits for a queue.
    /// </summary>
    int StepsBetweenReads => 1;

    /// <summary>How many bytes of examples a training does well to keep in the device's memory: 0 where that is the host's.</summary>
    long BytesForExamples => 0;

    /// <summary>Prepares the routines of a plan in one precision.</summary>
    IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A lowered plan, for any values of its named sizes.</summary>
public interface IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Memory and loops for one binding of the named sizes; kept and reused by the function.</summary>
    IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes);

    /// <summary>What the device does at best in this precision; measured when first asked for.</summary>
    MachineLimits Limits { get; }
}

/// <summary>A plan whose sizes are numbers and whose memory is there.</summary>
public interface IBinding<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes of intermediate values.</summary>
    long ArenaBytes { get; }

    /// <summary>Runs all steps over what is handed in: inputs, parameters, outputs and next values, in the order of <see cref="Plan.External"/>.</summary>
    void Run(ReadOnlySpan<Buffer<T>> external);

    /// <summary>The same, and writes how long each step took, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    void Run(ReadOnlySpan<Buffer<T>> external, Span<long> ticks);
}
