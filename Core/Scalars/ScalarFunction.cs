namespace AutoDiffAE.Scalars;

/// <summary>A scalar function as a value: what a Map node holds. One instance a function, so equality is identity.</summary>
public abstract class ScalarFunction
{
    private protected ScalarFunction(Type type, string name, int arity) =>
        (Type, Name, Arity, IsOwn) = (type, name, arity, type.Assembly == typeof(ScalarFunction).Assembly);

    public static ScalarFunction Unary<F>() where F : struct, IUnaryFunction => UnaryFunction<F>.Instance;

    public static ScalarFunction Binary<F>() where F : struct, IBinaryFunction => BinaryFunction<F>.Instance;

    public static ScalarFunction Ternary<F>() where F : struct, ITernaryFunction => TernaryFunction<F>.Instance;

    /// <summary>The struct that states the function.</summary>
    public Type Type { get; }

    public string Name { get; }

    public int Arity { get; }

    /// <summary>Whether it is one of the library's: a user's function may have the name of one of them.</summary>
    public bool IsOwn { get; }

    public abstract V Apply<V>(IReadOnlyList<V> args) where V : IReal<V>;

    /// <summary>∂y/∂args, given y = Apply(args).</summary>
    public abstract IReadOnlyList<V> Derivatives<V>(IReadOnlyList<V> args, V y) where V : IReal<V>;

    /// <summary>The intervals in which each argument is defined and smooth.</summary>
    public abstract IReadOnlyList<Interval> Domain { get; }

    /// <summary>Of a function of one number, where it has a kink or a jump.</summary>
    public virtual IReadOnlyList<double> Kinks => [];

    /// <summary>Whether the arguments are at least <paramref name="margin"/> away from every kink, jump and end of the domain.</summary>
    public abstract bool IsSmoothAt(IReadOnlyList<double> args, double margin);

    public override string ToString() => Name;

    private protected bool WithinDomain(IReadOnlyList<double> args, double margin) =>
        args.Zip(Domain).All(p => p.Second.Contains(p.First - margin) && p.Second.Contains(p.First + margin));

    private sealed class UnaryFunction<F>() : ScalarFunction(typeof(F), F.Name, 1) where F : struct, IUnaryFunction
    {
        public static readonly UnaryFunction<F> Instance = new();

        public override V Apply<V>(IReadOnlyList<V> args) => F.Apply(args[0]);

        public override IReadOnlyList<V> Derivatives<V>(IReadOnlyList<V> args, V y) => [F.Derivative(args[0], y)];

        public override IReadOnlyList<Interval> Domain => [F.Domain];

        public override IReadOnlyList<double> Kinks => F.Kinks.ToArray();

        public override bool IsSmoothAt(IReadOnlyList<double> args, double margin)
        {
            foreach (var kink in F.Kinks)
                if (Math.Abs(args[0] - kink) < margin) return false;
            return WithinDomain(args, margin);
        }
    }

    private sealed class BinaryFunction<F>() : ScalarFunction(typeof(F), F.Name, 2) where F : struct, IBinaryFunction
    {
        public static readonly BinaryFunction<F> Instance = new();

        public override V Apply<V>(IReadOnlyList<V> args) => F.Apply(args[0], args[1]);

        public override IReadOnlyList<V> Derivatives<V>(IReadOnlyList<V> args, V y)
        {
            var (a, b) = F.Derivatives(args[0], args[1], y);
            return [a, b];
        }

        public override IReadOnlyList<Interval> Domain => [F.Domain.A, F.Domain.B];

        public override bool IsSmoothAt(IReadOnlyList<double> args, double margin) =>
            !(F.KinkOnDiagonal && Math.Abs(args[0] - args[1]) < margin) && WithinDomain(args, margin);
    }

    private sealed class TernaryFunction<F>() : ScalarFunction(typeof(F), F.Name, 3) where F : struct, ITernaryFunction
    {
        public static readonly TernaryFunction<F> Instance = new();

        public override V Apply<V>(IReadOnlyList<V> args) => F.Apply(args[0], args[1], args[2]);

        public override IReadOnlyList<V> Derivatives<V>(IReadOnlyList<V> args, V y)
        {
            var (a, b, c) = F.Derivatives(args[0], args[1], args[2], y);
            return [a, b, c];
        }

        public override IReadOnlyList<Interval> Domain => [Interval.Real, Interval.Real, Interval.Real];

        public override bool IsSmoothAt(IReadOnlyList<double> args, double margin) => true;
    }
}
