using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Gpu;

/// <summary>The starts of kernels that each routine is made of, a row for each; none is run by the host.</summary>
/// <param name="step">The step.</param>
/// <param name="sizes">The sizes of each slot.</param>
/// <param name="layouts">Where its elements lie.</param>
/// <param name="names">Numbers for the named sizes.</param>
internal sealed partial class GpuSteps<T>(Step step, int[][] sizes, Layout[] layouts, IReadOnlyDictionary<string, long> names) : IRoutineCases<ImmutableArray<Launch>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<int> _scratch = [];

    /// <summary>The elements of each part of scratch memory that the step asked for.</summary>
    public IReadOnlyList<int> ScratchElements => _scratch;

    private int From => step.Reads[0];

    private int Second => step.Reads[1];

    private int To => step.Writes[0];

    private int[] Source => sizes[From];

    private int[] Target => sizes[To];

    private int Scratch(int elements)
    {
        _scratch.Add(elements);
        return sizes.Length + _scratch.Count - 1;
    }

    private static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (a, b) => checked(a * b));

    private static Launch Start(Type kernel, Type[] more, ImmutableArray<int> memory, ImmutableArray<int> numbers, int elements) => new(Kernel.Of<T>(kernel, more), memory, numbers, elements);

    public ImmutableArray<Launch> Length(Routine.Length routine) => [Start(typeof(Fill<,>), [], [To], [checked((int)routine.Value.Evaluate(names))], 1)];

    public ImmutableArray<Launch> Iota(Routine.Iota routine) => [Start(typeof(Iota<,>), [], [To], [], Target[0])];

    public ImmutableArray<Launch> Uniform(Routine.Uniform routine) =>
        [Start(typeof(UniformNumbers<,>), [], [From, To], [unchecked((int)(uint)routine.Key), unchecked((int)(uint)(routine.Key >> 32)), Count(Target)], (Count(Target) + 3) / 4)];
}
