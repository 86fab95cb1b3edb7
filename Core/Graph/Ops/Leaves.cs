using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
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

    /// <summary>The numbers 0, 1, …, n - 1: positions along an axis as values.</summary>
    public sealed record Iota(Dim Length) : Op
    {
        public override string Name => "iota";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Iota(this);
    }
}

public partial interface IOpCases<out R>
{
    R Variable(Op.Variable op);
    R Constant(Op.Constant op);
    R Literal(Op.Literal op);
    R SizeOf(Op.SizeOf op);
    R Iota(Op.Iota op);
}

internal sealed partial class ShapeRule
{
    public Shape Variable(Op.Variable op) => op.Shape;

    public Shape Constant(Op.Constant op) => op.Value.Shape;

    public Shape Literal(Op.Literal op) => Shape.Scalar;

    public Shape SizeOf(Op.SizeOf op) => Shape.Scalar;

    public Shape Iota(Op.Iota op)
    {
        Require(op.Length.AtLeast(0) == true, $"a length of {op.Length} may be negative");
        return new([op.Length]);
    }
}
