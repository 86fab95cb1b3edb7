using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>Writes the code of one fused body: the loop over its elements, two vectors in flight where there are many, and what is left.</summary>
internal sealed partial class BodyEmitter<V, T>(Body body, IReadOnlyList<bool> splats, bool many, Sequence<Fold>? folds, bool across)
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int InFlight = 2;

    private readonly Dictionary<long, LocalBuilder> _literals = [];
    private LocalBuilder[] _pointers = [];
    private LocalBuilder?[] _splatted = [];
    private LocalBuilder?[,] _reduced = new LocalBuilder?[InFlight, body.Results.Count];
    private LocalBuilder? _seen;
    private ILGenerator _il = null!;
    private LocalBuilder _at = null!;

    public nint Emit(TypeBuilder type)
    {
        var method = type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [typeof(void**), typeof(nint)]);
        method.SetImplementationFlags(MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.IL);
        _il = method.GetILGenerator();
        Prologue();
        if (many)
        {
            Identities();
            Loop(InFlight);
            Loop(1);
            Tail();
            Reductions();
        }
        else Overlapping();
        _il.Emit(OpCodes.Ret);
        return type.CreateType().GetMethod("Run")!.MethodHandle.GetFunctionPointer();
    }

    /// <summary>Pointers, literals and splatted numbers are put into locals once.</summary>
    private void Prologue()
    {
        _pointers = new LocalBuilder[body.Reads + body.Results.Count];
        _splatted = new LocalBuilder?[body.Reads];
        for (var i = 0; i < _pointers.Length; i++)
        {
            _pointers[i] = _il.DeclareLocal(typeof(T*));
            Pointer(i);
            _il.Emit(OpCodes.Stloc, _pointers[i]);
        }
        for (var i = 0; i < body.Reads; i++)
        {
            if (!splats[i]) continue;
            _splatted[i] = _il.DeclareLocal(typeof(V));
            _il.Emit(OpCodes.Ldloc, _pointers[i]);
            _il.Emit(OpCodes.Ldobj, typeof(T));
            _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Splat))!);
            _il.Emit(OpCodes.Stloc, _splatted[i]!);
        }
        foreach (var literal in body.Instructions.SelectMany(i => i.Operands).Concat(body.Results).OfType<Operand.Literal>())
        {
            if (_literals.ContainsKey(literal.Bits)) continue;
            var local = _literals[literal.Bits] = _il.DeclareLocal(typeof(V));
            Pointer(_pointers.Length);
            _il.Emit(OpCodes.Ldc_I4, (int)literal.Value * sizeof(double));
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldind_R8);
            _il.Emit(OpCodes.Call, typeof(V).GetMethod("op_Implicit", [typeof(double)])!);
            _il.Emit(OpCodes.Stloc, local);
        }
        _at = _il.DeclareLocal(typeof(nint));
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Stloc, _at);
    }

    private void Pointer(int index)
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, index * IntPtr.Size);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    /// <summary>while (at + width ≤ count) { body; at += width; }</summary>
    private void Loop(int vectors)
    {
        var (top, test) = (_il.DefineLabel(), _il.DefineLabel());
        _il.Emit(OpCodes.Br, test);
        _il.MarkLabel(top);
        Vectors(vectors);
        Advance(vectors * V.Count);
        _il.MarkLabel(test);
        _il.Emit(OpCodes.Ldloc, _at);
        Number(vectors * V.Count);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ble, top);
    }

    /// <summary>if (at &lt; count) { at = count - width; body; }</summary>
    private void Tail()
    {
        var done = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, _at);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Bge, done);
        if (folds is not null)
        {
            // What the vector before has seen: at - (count - width).
            _seen = _il.DeclareLocal(typeof(nint));
            _il.Emit(OpCodes.Ldloc, _at);
            Number(V.Count);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Stloc, _seen);
        }
        Last();
        Vectors(1);
        _il.MarkLabel(done);
    }

    /// <summary>at = count - width</summary>
    private void Last()
    {
        _il.Emit(OpCodes.Ldarg_1);
        Number(V.Count);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _at);
    }

    private void Advance(int by)
    {
        _il.Emit(OpCodes.Ldloc, _at);
        Number(by);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _at);
    }

    private void Number(int value)
    {
        _il.Emit(OpCodes.Ldc_I4, value);
        _il.Emit(OpCodes.Conv_I);
    }
}
