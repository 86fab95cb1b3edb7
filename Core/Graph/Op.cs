using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Graph;

/// <summary>
/// The structural operations, a closed union: everything elementwise is one case, <see cref="Map"/>. The derivative of each is made
/// of the others. A new case is refused by the compiler until every table (<see cref="IOpCases{R}"/>) has a row for it.
/// </summary>
public abstract record Op
{
    private protected Op() { }

    /// <summary>The word that prints and parses.</summary>
    public abstract string Name { get; }

    public R Match<R>(IOpCases<R> cases) => Accept(cases);

    // Abstract, so that no record outside this assembly can be a case, not even through the copy constructor.
    private protected abstract R Accept<R>(IOpCases<R> cases);

    /// <summary>An input or a parameter; told from others of the same name by the identity of its node.</summary>
    public sealed record Variable(string Label, Shape Shape) : Op
    {
        public override string Name => "variable";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Variable(this);
    }

    public sealed record Constant(Tensor<double> Value) : Op
    {
        public override string Name => "constant";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Constant(this);
    }

    /// <summary>A number in a formula, of shape ().</summary>
    public sealed record Literal(double Value) : Op
    {
        /// <summary>By bits: 0 and -0 are two numbers, since 1/x tells them apart.</summary>
        public bool Equals(Literal? other) => other is not null && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

        public override int GetHashCode() => BitConverter.DoubleToInt64Bits(Value).GetHashCode();

        public override string Name => "literal";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Literal(this);
    }

    /// <summary>A length as a number: what a mean divides by when the batch is symbolic.</summary>
    public sealed record SizeOf(Dim Length) : Op
    {
        public override string Name => "size";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.SizeOf(this);
    }

    /// <summary>A scalar function of each element; all arguments have one shape.</summary>
    public sealed record Map(ScalarFunction Function) : Op
    {
        public override string Name => Function.Name;
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Map(this);
    }

    /// <summary>The sum over axes, which are dropped.</summary>
    public sealed record Sum(Axes Axes) : Op
    {
        public override string Name => "sum";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Sum(this);
    }

    /// <summary>The maximum over axes, which are dropped. The rule says how ties share its cotangent.</summary>
    public sealed record Maximum(Axes Axes, TieRule Ties) : Op
    {
        public override string Name => "max";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Maximum(this);
    }

    /// <summary>∂max/∂x: a weight for each element of x, not 0 where it is the maximum of its group over the axes.</summary>
    public sealed record MaximumIndicator(Axes Axes, TieRule Ties) : Op
    {
        public override string Name => "max_indicator";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.MaximumIndicator(this);
    }

    /// <summary>(…, m, k) (…, k, n) → (…, m, n); the leading lengths are equal.</summary>
    public sealed record MatMul : Op
    {
        public override string Name => "matmul";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.MatMul(this);
    }

    /// <summary>The trilinear form of convolution with one leg left open.</summary>
    public sealed record Convolution(ConvolutionForm Form, Leg Open, Shape OpenSizes) : Op
    {
        public override string Name => Open switch { Leg.Output => "conv", Leg.Input => "conv_input", _ => "conv_kernel" };
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Convolution(this);
    }

    public sealed record Reshape(Shape Target) : Op
    {
        public override string Name => "reshape";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Reshape(this);
    }

    /// <summary>Axis i of the result is axis Order[i] of the argument.</summary>
    public sealed record Permute(Axes Order) : Op
    {
        public override string Name => "permute";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Permute(this);
    }

    /// <summary>numpy's broadcast_to: new leading axes, and axes of length 1 repeated.</summary>
    public sealed record BroadcastTo(Shape Target) : Op
    {
        public override string Name => "broadcast_to";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.BroadcastTo(this);
    }

    /// <summary>y[i] = x[start + i·step] along each axis.</summary>
    public sealed record Slice(Sequence<StridedRange> Ranges) : Op
    {
        public override string Name => "slice";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Slice(this);
    }

    /// <summary>The adjoint of slicing: y[start + i·step] = x[i] within zeros of the target shape.</summary>
    public sealed record Pad(Sequence<StridedRange> Ranges, Shape Target) : Op
    {
        public override string Name => "pad";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Pad(this);
    }

    public sealed record Concatenate(int Axis) : Op
    {
        public override string Name => "concat";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Concatenate(this);
    }

    /// <summary>The identity, through which no gradient flows: theano's consider_constant.</summary>
    public sealed record StopGradient : Op
    {
        public override string Name => "stop_gradient";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.StopGradient(this);
    }

    /// <summary>A definition kept whole until planning, so that it can be named, read and folded away.</summary>
    public sealed record Call(Definition Definition) : Op
    {
        public override string Name => Definition.Name;
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Call(this);
    }
}
