using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Gpu;

/// <summary>The body itself, and where its operands lie.</summary>
internal sealed partial class KernelEmitter<T>
{
    /// <summary>Of the quotient q and the remainder r of a thread's number, one is the result and the other the part: r + (q - r) f and q + r - result. A division costs as much as a dozen terms.</summary>
    private (LocalBuilder Result, LocalBuilder Part) ResultAndPart()
    {
        var quotient = Local(() => Numbers(OpCodes.Div, () => _il.Emit(OpCodes.Ldarg_0), () => Known(3)));
        var remainder = Local(() => Numbers(OpCodes.Sub, () => _il.Emit(OpCodes.Ldarg_0), () => Numbers(OpCodes.Mul, () => _il.Emit(OpCodes.Ldloc, quotient), () => Known(3))));
        void Push(LocalBuilder local) => _il.Emit(OpCodes.Ldloc, local);
        var result = Local(() => Numbers(OpCodes.Add, () => Push(remainder), () => Numbers(OpCodes.Mul, () => Numbers(OpCodes.Sub, () => Push(quotient), () => Push(remainder)), () => Known(4))));
        return (result, Local(() => Numbers(OpCodes.Sub, () => Numbers(OpCodes.Add, () => Push(quotient), () => Push(remainder)), () => Push(result))));
    }

    private void Numbers(OpCode operation, Action left, Action right)
    {
        left();
        right();
        _il.Emit(operation);
    }

    /// <summary>An element's place along axes from one to another, of which the sizes are known.</summary>
    private LocalBuilder[] Coordinates(LocalBuilder element, int from, int to, int sizes)
    {
        var coordinates = new LocalBuilder[Math.Max(0, to - from)];
        var rest = element;
        for (var axis = to - 1; axis > from; axis--)
        {
            var (at, before) = (axis, rest);
            coordinates[axis - from] = Local(() =>
            {
                _il.Emit(OpCodes.Ldloc, before);
                Known(sizes + at);
                _il.Emit(OpCodes.Rem);
            });
            rest = Local(() =>
            {
                _il.Emit(OpCodes.Ldloc, before);
                Known(sizes + at);
                _il.Emit(OpCodes.Div);
            });
        }
        if (coordinates.Length > 0) coordinates[0] = rest;
        return coordinates;
    }

    private LocalBuilder Offset(int operand, LocalBuilder? element, LocalBuilder[] coordinates)
    {
        if (walks[operand] is "d" && element is not null) return element;
        return Local(() =>
        {
            Known(_next++);
            for (var axis = 0; axis < walks[operand].Length; axis++)
            {
                if (walks[operand][axis] == '0') continue;
                _il.Emit(OpCodes.Ldloc, coordinates[axis]);
                if (walks[operand][axis] == 's')
                {
                    Known(_next++);
                    _il.Emit(OpCodes.Mul);
                }
                _il.Emit(OpCodes.Add);
            }
        });
    }

    private LocalBuilder[] Body(LocalBuilder?[] at)
    {
        var reads = Enumerable.Range(0, body.Reads).Select(o => Local(Carrier, () =>
        {
            Place(o, at[o]!);
            _il.Emit(OpCodes.Ldobj, typeof(T));
            _il.Emit(OpCodes.Call, Carrier.GetMethod("Splat")!);
        })).ToArray();
        var results = new List<LocalBuilder>();
        foreach (var instruction in body.Instructions)
            results.Add(Local(Carrier, () =>
            {
                foreach (var operand in instruction.Operands) Push(operand);
                _il.Emit(OpCodes.Call, Method(instruction.Function));
            }));
        return [.. body.Results.Select(r => Local(Carrier, () => Push(r)))];

        void Push(Operand operand)
        {
            if (operand is Operand.Literal literal) Literal(literal.Value);
            else _il.Emit(OpCodes.Ldloc, operand is Operand.Read read ? reads[read.Index] : results[((Operand.Result)operand).Index]);
        }
    }

    /// <summary>Arithmetic is the carrier's own operators; any other function its formula.</summary>
    private static MethodInfo Method(ScalarFunction f)
    {
        var name = f.Type == typeof(Add) ? "op_Addition" : f.Type == typeof(Subtract) ? "op_Subtraction" : f.Type == typeof(Multiply) ? "op_Multiply"
            : f.Type == typeof(Divide) ? "op_Division" : f.Type == typeof(Negate) ? "op_UnaryNegation" : null;
        return name is null ? f.Type.GetMethod(nameof(IUnaryFunction.Apply))!.MakeGenericMethod(Carrier) : Carrier.GetMethod(name, [.. Enumerable.Repeat(Carrier, f.Arity)])!;
    }

    private void Store(int operand, LocalBuilder at, LocalBuilder value)
    {
        Place(operand, at);
        _il.Emit(OpCodes.Ldloc, value);
        _il.Emit(OpCodes.Call, Carrier.GetMethod("Sum")!);
        _il.Emit(OpCodes.Stobj, typeof(T));
    }

    private void Place(int operand, LocalBuilder at)
    {
        _il.Emit(OpCodes.Ldarga_S, (byte)1);
        _il.Emit(OpCodes.Ldflda, memory.GetField($"V{operand}")!);
        _il.Emit(OpCodes.Ldloc, at);
        _il.Emit(OpCodes.Call, Item);
    }

    private void Known(int index)
    {
        _il.Emit(OpCodes.Ldarga_S, (byte)2);
        _il.Emit(OpCodes.Ldc_I4, index);
        _il.Emit(OpCodes.Call, Number);
        _il.Emit(OpCodes.Ldind_I4);
    }

    private void Literal(double value)
    {
        _il.Emit(OpCodes.Ldc_R8, value);
        _il.Emit(OpCodes.Call, Carrier.GetMethod("op_Implicit", [typeof(double)])!);
    }

    private LocalBuilder Local(Action push) => Local(typeof(int), push);

    private LocalBuilder Local(Type type, Action push)
    {
        var local = _il.DeclareLocal(type);
        push();
        _il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private static MethodInfo Indexer(Type view) => view.GetProperty("Item", [typeof(int)])!.GetMethod!;
}
