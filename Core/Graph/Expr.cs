using System.Collections.Immutable;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>
/// A formula over the reals: an operation, its arguments, and the shape that follows from them. Immutable, without a dtype (precision is
/// chosen when it is compiled), and shared freely: a graph is a DAG, and two expressions are the same only by identity.
/// </summary>
public sealed class Expr : IReal<Expr>
{
    private static int _count;

    // A hash of the identity, at hand when it is asked for; the runtime takes its time to make the first one of an object.
    private readonly int _number = Interlocked.Increment(ref _count);

    private Expr(Op op, ImmutableArray<Expr> args, Shape shape, Origin origin) =>
        (Op, Args, Shape, Origin) = (op, args, shape, origin);

    public Op Op { get; }

    public ImmutableArray<Expr> Args { get; }

    public Shape Shape { get; }

    public Origin Origin { get; }

    public int Rank => Shape.Rank;

    /// <exception cref="ShapeException">The shapes of the arguments do not fit the operation.</exception>
    public static Expr Of(Op op, params ImmutableArray<Expr> args) => Of(op, args, Origin.Here());

    /// <summary>The same with an origin that is known already: rewriting keeps the origin of what it replaces.</summary>
    /// <exception cref="ShapeException">The shapes of the arguments do not fit the operation.</exception>
    public static Expr Of(Op op, ImmutableArray<Expr> args, Origin origin) =>
        new(op, args, op.Match(new ShapeRule(op, args, origin)), origin);

    /// <summary>An input of the graph, or a parameter kept in a store. Two variables of one name are still two.</summary>
    public static Expr Variable(string name, Shape shape) =>
        new(new Op.Variable(name, shape), [], shape, Origin.Here() with { Name = name });

    public static Expr Variable(string name, params ReadOnlySpan<Dim> dims) => Variable(name, Shape.Of(dims));

    public static Expr Constant(Tensors.Tensor<double> value) => Of(new Op.Constant(value));

    /// <summary>The same expression under a name that printing and messages use. A variable keeps its own: it is its identity.</summary>
    public Expr Named(string name) => Op is Op.Variable ? this : new(Op, Args, Shape, Origin with { Name = name });

    /// <summary>The same operation over other arguments.</summary>
    public Expr With(ImmutableArray<Expr> args) => args == Args || args.SequenceEqual(Args) ? this : Of(Op, args, Origin);

    public void Deconstruct(out Op op, out ImmutableArray<Expr> args) => (op, args) = (Op, Args);

    public static implicit operator Expr(double value) => new(new Op.Literal(value), [], Shape.Scalar, Origin.Unknown);

    public static Expr operator +(Expr a, Expr b) => Call<Add>(a, b);
    public static Expr operator -(Expr a, Expr b) => Call<Subtract>(a, b);
    public static Expr operator *(Expr a, Expr b) => Call<Multiply>(a, b);
    public static Expr operator /(Expr a, Expr b) => Call<Divide>(a, b);
    public static Expr operator -(Expr a) => Call<Negate>(a);

    public static Expr MultiplyAdd(Expr a, Expr b, Expr c) => a * b + c;
    public static Expr Fmod(Expr a, Expr b) => Call<Fmod>(a, b);
    public static Expr CopySign(Expr a, Expr b) => Call<CopySign>(a, b);

    public static Expr Max(Expr a, Expr b) => Call<Larger>(a, b);
    public static Expr Min(Expr a, Expr b) => Call<Smaller>(a, b);
    public static Expr Abs(Expr a) => Call<Abs>(a);
    public static Expr Floor(Expr a) => Call<Floor>(a);
    public static Expr Sqrt(Expr a) => Call<Sqrt>(a);
    public static Expr Exp(Expr a) => Call<Exp>(a);
    public static Expr Log(Expr a) => Call<Log>(a);
    public static Expr Pow(Expr a, Expr b) => Call<Pow>(a, b);
    public static Expr Sin(Expr a) => Call<Sin>(a);
    public static Expr Cos(Expr a) => Call<Cos>(a);
    public static Expr Greater(Expr a, Expr b) => Call<Greater>(a, b);
    public static Expr GreaterOrEqual(Expr a, Expr b) => Call<GreaterOrEqual>(a, b);
    public static Expr Equal(Expr a, Expr b) => Call<Equal>(a, b);
    public static Expr Select(Expr condition, Expr a, Expr b) => Call<Where>(condition, a, b);

    public static Expr Call<F>(Expr x) where F : struct, IUnaryFunction => Map(ScalarFunction.Unary<F>(), x);

    public static Expr Call<F>(Expr x, Expr y) where F : struct, IBinaryFunction => Map(ScalarFunction.Binary<F>(), x, y);

    public static Expr Call<F>(Expr x, Expr y, Expr z) where F : struct, ITernaryFunction => Map(ScalarFunction.Ternary<F>(), x, y, z);

    /// <summary>A scalar function of each element, after the arguments are broadcast to their common shape.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Expr Map(ScalarFunction function, params ImmutableArray<Expr> args)
    {
        var origin = Origin.Here();
        var shape = Broadcast.Common(args.Select(a => a.Shape));
        return shape is null
            ? throw Refusal.Of(function.Name, args, "do not broadcast: aligned at the last axis, lengths must be equal or 1", origin, new Op.Map(function))
            : Of(new Op.Map(function), [.. args.Select(a => Broadcasted(a, shape, origin))], origin);
    }

    private static Expr Broadcasted(Expr a, Shape shape, Origin origin) =>
        a.Shape == shape ? a : Of(new Op.BroadcastTo(shape), [a], origin);

    public override int GetHashCode() => _number;

    public override string ToString() => Printer.Print(this);
}
