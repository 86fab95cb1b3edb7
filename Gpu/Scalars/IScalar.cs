using System.Numerics;
using AutoDiffAE.Cpu;

namespace AutoDiffAE.Gpu;

/// <summary>A device's number as a carrier: a register of one lane.</summary>
public interface IScalar<V, T> : ILanes<V, T>
    where V : unmanaged, IScalar<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract V FromInteger(int value);

    /// <summary>The integer towards 0.</summary>
    static abstract int ToInteger(V a);
}
