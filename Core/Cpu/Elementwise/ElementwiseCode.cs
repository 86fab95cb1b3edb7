using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using AutoDiffAE.Planning;
using AutoDiffAE.Scalars;
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
            lock (Gate) return new Emitter<V, T>(body, splats, many, folds, across).Emit(Module.DefineType($"Body{_count++}", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed));
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

    private sealed class Emitter<V, T>(Body body, IReadOnlyList<bool> splats, bool many, Sequence<Fold>? folds, bool across)
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

        private void Pointer(int index)
        {
            _il.Emit(OpCodes.Ldarg_0);
            _il.Emit(OpCodes.Ldc_I4, index * IntPtr.Size);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldind_I);
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
}
