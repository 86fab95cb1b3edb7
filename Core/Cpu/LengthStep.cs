using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>Writes a length as a number.</summary>
internal sealed unsafe class LengthStep<T>(long value, int target) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(nint* slots, Workers workers) => *(T*)slots[target] = T.CreateChecked(value);
}
