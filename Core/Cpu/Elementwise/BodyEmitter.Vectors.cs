using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>The body itself, for one vector or some neighbours.</summary>
internal sealed partial class BodyEmitter<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The body for several neighbouring vectors, instruction by instruction, so that their latencies overlap.</summary>
    private void Vectors(int count)
    {
        var loaded = new LocalBuilder?[count, body.Reads];
        for (var read = 0; read < body.Reads; read++)
        {
            for (var v = 0; v < count && !splats[read]; v++)
            {
                loaded[v, read] = _il.DeclareLocal(typeof(V));
                Address(read, v);
                _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Load))!);
                _il.Emit(OpCodes.Stloc, loaded[v, read]!);
            }
        }
        var results = new LocalBuilder[count, body.Instructions.Count];
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            for (var v = 0; v < count; v++)
            {
                foreach (var operand in body.Instructions[i].Operands) Push(operand, v);
                _il.Emit(OpCodes.Call, Method(body.Instructions[i].Function));
                results[v, i] = _il.DeclareLocal(typeof(V));
                _il.Emit(OpCodes.Stloc, results[v, i]);
            }
        }
        for (var r = 0; r < body.Results.Count; r++)
        {
            for (var v = 0; v < count; v++)
            {
                var value = _il.DeclareLocal(typeof(V));
                if (FoldOf(r) != Fold.None) Unseen(r, () => Push(body.Results[r], v));
                else Push(body.Results[r], v);
                if (_reduced[v, r] is { } sum)
                {
                    _il.Emit(OpCodes.Ldloc, sum);
                    Combine(r);
                    _il.Emit(OpCodes.Stloc, sum);
                    continue;
                }
                if (FoldOf(r) != Fold.None)
                {
                    Address(body.Reads + r, v);
                    _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Load))!);
                    Combine(r);
                }
                _il.Emit(OpCodes.Stloc, value);
                _il.Emit(OpCodes.Ldloca, value);
                Address(body.Reads + r, v);
                _il.Emit(OpCodes.Call, typeof(V).GetMethod(nameof(ILanes<,>.Store))!);
            }
        }

        void Push(Operand operand, int v) => _il.Emit(OpCodes.Ldloc, operand switch
        {
            Operand.Read r => _splatted[r.Index] ?? loaded[v, r.Index]!,
            Operand.Literal l => _literals[l.Bits],
            Operand.Result r => results[v, r.Index],
            _ => throw new InvalidOperationException($"{operand}"),
        });
    }

    private void Address(int pointer, int vector)
    {
        _il.Emit(OpCodes.Ldloc, _pointers[pointer]);
        _il.Emit(OpCodes.Ldloc, _at);
        if (vector > 0)
        {
            Number(vector * V.Count);
            _il.Emit(OpCodes.Add);
        }
        _il.Emit(OpCodes.Sizeof, typeof(T));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>Arithmetic is the lane type's own operators; any other function its formula over lanes.</summary>
    private static MethodInfo Method(ScalarFunction f)
    {
        var name = f.Type == typeof(Add) ? "op_Addition"
            : f.Type == typeof(Subtract) ? "op_Subtraction"
            : f.Type == typeof(Multiply) ? "op_Multiply"
            : f.Type == typeof(Divide) ? "op_Division"
            : f.Type == typeof(Negate) ? "op_UnaryNegation" : null;
        return name is null
            ? f.Type.GetMethod(nameof(IUnaryFunction.Apply))!.MakeGenericMethod(typeof(V))
            : typeof(V).GetMethod(name, [.. Enumerable.Repeat(typeof(V), f.Arity)])!;
    }
}
