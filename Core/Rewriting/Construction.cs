using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

/// <summary>The right sides of laws, built where the left side was: what a rewrite makes comes from the line that the node came from.</summary>
internal static class Construction
{
    extension(Expr at)
    {
        public Expr Make(Op op, params ImmutableArray<Expr> args) => Expr.Of(op, args, at.Unnamed());

        public Expr Make<F>(Expr x) where F : struct, IUnaryFunction => at.Make(new Op.Map(ScalarFunction.Unary<F>()), x);

        public Expr Make<F>(Expr a, Expr b) where F : struct, IBinaryFunction => at.Make(new Op.Map(ScalarFunction.Binary<F>()), a, b);

        /// <summary>A number in each element of the node's shape.</summary>
        public Expr Filled(double value) => at.Filled(value, at.Shape);

        public Expr Filled(double value, Shape shape) => shape.Rank == 0 ? (Expr)value : at.Make(new Op.BroadcastTo(shape), (Expr)value);

        public Expr Reshaped(Expr x, Shape shape) => x.Shape == shape ? x : at.Make(new Op.Reshape(shape), x);

        public Expr Broadcasted(Expr x, Shape shape) => x.Shape == shape ? x : at.Make(new Op.BroadcastTo(shape), x);

        public Expr Summed(Expr x, params IEnumerable<int> axes) => Axes.Of(axes) is { Count: > 0 } some ? at.Make(new Op.Sum(some), x) : x;

        /// <summary>The name is the replaced node's alone, not that of what it is made of.</summary>
        private Origin Unnamed() => at.Origin.Name is null ? at.Origin : at.Origin with { Name = null };
    }
}
