using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Machine code for fused bodies: straight-line IL that calls each scalar function's own formula over lanes, with shared values in
/// locals. Over many elements two vectors are in flight, over few one: a quarter of the code, which takes a quarter of the time to
/// make. All bodies live in one module and are kept by structure, whatever their literals, so each is made once a process.
/// </summary>
internal static class ElementwiseCode
{
    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("AutoDiffAE.Fused"), AssemblyBuilderAccess.Run).DefineDynamicModule("Fused");

    private static readonly ConcurrentDictionary<Key, nint> Known = new();

    private static readonly Lock Gate = new();

    private static int _count;

    private readonly record struct Key(Body Body, string Splats, bool Many, Sequence<Fold>? Folds, bool Across, Type Lanes);

    /// <summary>
    /// The address of a <c>static void Run(void** pointers, nint count)</c> over the lanes <typeparamref name="V"/>: pointers to what is
    /// read, to what is written, and to the literals; count is at least <c>V.Count</c>. The last, partial vector overlaps the one before it.
    /// </summary>
    /// <param name="body">Each literal is its index among the literals.</param>
    /// <param name="splats">For each read, whether one number serves all elements.</param>
    /// <param name="many">Whether there are elements enough that the loop's speed counts for more than the time to make it.</param>
    /// <param name="folds">
    /// What becomes of each result; null where all are written. After what is written come zeros and ones then (see <see cref="Steps{T}"/>).
    /// </param>
    /// <param name="across">Whether all elements are reduced to one register, which is written; else each to what is in its place.</param>
    public static nint Compile<V, T>(Body body, IReadOnlyList<bool> splats, bool many, Sequence<Fold>? folds = null, bool across = false)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Known.GetOrAdd(new Key(body, string.Concat(splats.Select(s => s ? '1' : '0')), many, folds, across, typeof(V)), _ =>
        {
            lock (Gate) return new BodyEmitter<V, T>(body, splats, many, folds, across).Emit(Module.DefineType($"Body{_count++}", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed));
        });

    /// <summary>The body with an index in the place of each literal, and the literals.</summary>
    public static (Body Body, double[] Literals) Parametrized(Body body)
    {
        var literals = body.Instructions.SelectMany(i => i.Operands).Concat(body.Results).OfType<Operand.Literal>().Distinct().ToList();
        Operand Indexed(Operand operand) => operand is Operand.Literal l ? new Operand.Literal(literals.IndexOf(l)) : operand;
        return literals.Count == 0 ? (body, []) : (
            new(body.Reads, body.Instructions.Select(i => new Instruction(i.Function, i.Operands.Select(Indexed).ToSequence())).ToSequence(), body.Results.Select(Indexed).ToSequence()),
            [.. literals.Select(l => l.Value)]);
    }
}
