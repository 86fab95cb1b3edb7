namespace AutoDiffAE.Cpu;

/// <summary>Two steps that are one in the plan.</summary>
internal sealed unsafe class SequenceStep(IBoundStep first, IBoundStep second) : IBoundStep
{
    public void Run(nint* slots, Workers workers)
    {
        first.Run(slots, workers);
        second.Run(slots, workers);
    }
}
