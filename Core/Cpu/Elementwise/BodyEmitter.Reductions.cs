using System.Numerics;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>What becomes of results that are reduced: registers that start with the identity, and a last vector without what was seen before.</summary>
internal sealed partial class BodyEmitter<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Fold FoldOf(int result) => folds is null ? Fold.None : folds[result];

    /// <summary>-0 leaves every number as it is when it is added, 0 would not.</summary>
    private void Identity(int result)
    {
        _il.Emit(OpCodes.Ldc_R8, FoldOf(result) == Fold.Sum ? -0.0 : double.NegativeInfinity);
        _il.Emit(OpCodes.Call, typeof(V).GetMethod("op_Implicit", [typeof(double)])!);
    }

    private void Combine(int result) =>
        _il.Emit(OpCodes.Call, typeof(V).GetMethod(FoldOf(result) == Fold.Sum ? "op_Addition" : nameof(IReal<>.Max), [typeof(V), typeof(V)])!);

    /// <summary>A register for each vector in flight of what is reduced to one.</summary>
    private void Identities()
    {
        for (var r = 0; r < body.Results.Count && across; r++)
        {
            for (var v = 0; v < InFlight && FoldOf(r) != Fold.None; v++)
            {
                _reduced[v, r] = _il.DeclareLocal(typeof(V));
                Identity(r);
                _il.Emit(OpCodes.Stloc, _reduced[v, r]!);
            }
        }
    }

    /// <summary>The registers in flight are combined and written.</summary>
    private void Reductions()
    {
        for (var r = 0; r < body.Results.Count; r++)
        {
            if (_reduced[0, r] is not { } sum) continue;
            for (var v = 1; v < InFlight; v++)
            {
                _il.Emit(OpCodes.Ldloc, sum);
                _il.Emit(OpCodes.Ldloc, _reduced[v, r]!);
                Combine(r);
                _il.Emit(OpCodes.Stloc, sum);
            }
            _il.Emit(OpCodes.Ldloca, sum);
            _il.Emit(OpCodes.Ldloc, _pointers[body.Reads + r]);
            _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Store))!);
        }
    }

    /// <summary>do { at = min(at, count - width); body; at += width; } while (at &lt; count);</summary>
    private void Overlapping()
    {
        var (top, whole) = (_il.DefineLabel(), _il.DefineLabel());
        _il.MarkLabel(top);
        _il.Emit(OpCodes.Ldloc, _at);
        Number(V.Count);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ble, whole);
        Last();
        _il.MarkLabel(whole);
        Vectors(1);
        Advance(V.Count);
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Blt, top);
    }

    /// <summary>A value to be reduced; in the last vector without what was reduced before.</summary>
    private void Unseen(int result, Action push)
    {
        if (_seen is null)
        {
            push();
            return;
        }
        Pointer(_pointers.Length + 1);
        _il.Emit(OpCodes.Ldloc, _seen);
        _il.Emit(OpCodes.Sizeof, typeof(T));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Load))!);
        push();
        Identity(result);
        _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(IReal<>.Select), [typeof(V), typeof(V), typeof(V)])!);
    }
}
