using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>Writes the code of one fused body for one element, or for a part of what is reduced to one element.</summary>
internal sealed partial class KernelEmitter<T>(Body body, Sequence<string> walks, Sequence<Fold>? folds, int kept, Type memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// What a reduction knows before all else: the results, the parts, the reduced elements, how many threads are of one outer index, and 1 where that is the
    /// result, 0 where it is the part.
    /// </summary>
    public const int Header = 5;

    private static readonly Type Carrier = Kernel.Carrier<T>();
    private static readonly MethodInfo Item = Indexer(typeof(ArrayView<T>)), Number = Indexer(typeof(ArrayView<int>));

    private readonly int _rank = walks.Max(w => w is "d" ? 0 : w.Length);
    private ILGenerator _il = null!;
    private int _next = folds is null ? 0 : Header;

    public void Emit(TypeBuilder type)
    {
        var contract = typeof(IElementKernel<>).MakeGenericType(memory);
        type.AddInterfaceImplementation(contract);
        var method = type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [typeof(int), memory, typeof(ArrayView<int>)]);
        type.DefineMethodOverride(method, contract.GetMethod("Run")!);
        _il = method.GetILGenerator();
        if (folds is null) Element();
        else Reduction();
        _il.Emit(OpCodes.Ret);
    }

    private void Element()
    {
        var element = Local(() => _il.Emit(OpCodes.Ldarg_0));
        var coordinates = Coordinates(element, 0, _rank, _next);
        _next += _rank;
        var at = walks.Select((_, o) => Offset(o, element, coordinates)).ToArray();
        var values = Body(at);
        for (var r = 0; r < values.Length; r++) Store(body.Reads + r, at[body.Reads + r], values[r]);
    }

    /// <summary>For each part of the reduced elements of a result: all at a distance of as many as there are parts.</summary>
    private void Reduction()
    {
        var (top, test) = (_il.DefineLabel(), _il.DefineLabel());
        var (result, part) = ResultAndPart();
        var outer = Coordinates(result, 0, kept, _next);
        var sizes = _next;
        _next += _rank;
        var accumulators = folds!.Select(f => f == Fold.None ? null : Local(Carrier, () => Literal(f == Fold.Sum ? -0.0 : double.NegativeInfinity))).ToArray();
        var element = Local(() => _il.Emit(OpCodes.Ldloc, part));
        _il.Emit(OpCodes.Br, test);
        _il.MarkLabel(top);
        LocalBuilder[] coordinates = [.. outer, .. Coordinates(element, kept, _rank, sizes)];
        // A result that is reduced is no operand of the walk: it stands at its part and result.
        var at = walks.Select((_, o) => o >= body.Reads && folds![o - body.Reads] != Fold.None ? null : Offset(o, null, coordinates)).ToArray();
        var values = Body(at);
        for (var r = 0; r < values.Length; r++)
        {
            if (accumulators[r] is not { } sum)
            {
                Store(body.Reads + r, at[body.Reads + r]!, values[r]);
                continue;
            }
            _il.Emit(OpCodes.Ldloc, sum);
            _il.Emit(OpCodes.Ldloc, values[r]);
            _il.Emit(OpCodes.Call, Carrier.GetMethod(folds![r] == Fold.Sum ? "op_Addition" : nameof(IReal<>.Max), [Carrier, Carrier])!);
            _il.Emit(OpCodes.Stloc, sum);
        }
        _il.Emit(OpCodes.Ldloc, element);
        Known(1);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, element);
        _il.MarkLabel(test);
        _il.Emit(OpCodes.Ldloc, element);
        Known(2);
        _il.Emit(OpCodes.Blt, top);
        // Where a thread's sum stands is its own number.
        var to = Local(() => _il.Emit(OpCodes.Ldarg_0));
        for (var r = 0; r < accumulators.Length; r++)
            if (accumulators[r] is { } sum) Store(body.Reads + r, to, sum);
    }
}
