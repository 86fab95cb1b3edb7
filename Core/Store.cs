using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE;

/// <summary>
/// The values of variables that several compiled functions share (train, validate, encode), without copies. Calls of functions on
/// one store are serialised; a tensor read out is a snapshot.
/// </summary>
public sealed class Store<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<Expr, Buffer<T>> _buffers = [];

    internal Lock Gate { get; } = new();

    public IReadOnlyCollection<Expr> Variables => _buffers.Keys;

    public bool Contains(Expr variable) => _buffers.ContainsKey(variable);

    /// <exception cref="KeyNotFoundException">The variable has no value here.</exception>
    /// <exception cref="ShapeException">On setting: the value's shape is not the variable's.</exception>
    public Tensor<T> this[Expr variable]
    {
        get
        {
            lock (Gate) return Find(variable).ToTensor();
        }
        set
        {
            if (variable.Op is not Op.Variable) throw new ArgumentException($"{Printer.Short(variable)} is not a variable");
            if (variable.Shape != value.Shape)
                throw new ShapeException($"the value of {Printer.Short(variable)} has the shape {value.Shape}, the variable {variable.Shape}");
            lock (Gate) _buffers[variable] = new Buffer<T>(value);
        }
    }

    internal Buffer<T> Find(Expr variable) => _buffers.TryGetValue(variable, out var buffer)
        ? buffer
        : throw new KeyNotFoundException($"the variable {Printer.Short(variable)} {variable.Shape} is no input and has no value in the store");

    /// <summary>Puts the new value of an update in place and hands back the old memory, to be written by the next call.</summary>
    internal Buffer<T> Exchange(Expr variable, Buffer<T> next)
    {
        var old = Find(variable);
        _buffers[variable] = next;
        return old;
    }
}
