using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Gpu;

/// <summary>Kernels of fused bodies, emitted as straight-line code: one for each body and way of walking its operands, whatever their sizes are.</summary>
internal static class BodyKernels
{
    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("AutoDiffAE.Kernels"), AssemblyBuilderAccess.Run).DefineDynamicModule("Kernels");

    private static readonly ConcurrentDictionary<(Body, Sequence<string>, Sequence<Fold>?, int, Type), Kernel> Known = new();

    private static readonly Lock Gate = new();

    private static int _count;

    /// <param name="body">The body.</param>
    /// <param name="walks">How each operand is walked (see <see cref="Walk"/>).</param>
    /// <param name="folds">What becomes of each result; null where all are written.</param>
    /// <param name="kept">Of a reduction, the axes that are kept, which come first.</param>
    /// <exception cref="NotSupportedException">The body touches more arrays than a kernel can be given.</exception>
    public static Kernel Of<T>(Body body, Sequence<string> walks, Sequence<Fold>? folds = null, int kept = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Known.GetOrAdd((body, walks, folds, kept, typeof(T)), key =>
        {
            var memory = walks.Count <= Views8<T>.Count ? typeof(Views8<T>) : walks.Count <= Views40<T>.Count ? typeof(Views40<T>)
                : throw new NotSupportedException($"a fused body touches {walks.Count} arrays, a kernel can be given {Views40<T>.Count}");
            lock (Gate)
            {
                var type = Module.DefineType($"Body{_count++}", TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout, typeof(ValueType));
                new KernelEmitter<T>(body, walks, folds, kept, memory).Emit(type);
                return Kernel.Of(body.Instructions.Count == 0 ? "copy" : body.Summary(), type.CreateType(), memory);
            }
        });
}
