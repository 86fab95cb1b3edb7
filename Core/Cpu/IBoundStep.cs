namespace AutoDiffAE.Cpu;

/// <summary>A step whose sizes are numbers: run again and again over the addresses of its plan's slots.</summary>
internal unsafe interface IBoundStep
{
    void Run(nint* slots, Workers workers);
}
