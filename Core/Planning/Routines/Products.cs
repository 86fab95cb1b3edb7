using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>C = A B, batched; a transposed operand is stored with its last two axes exchanged.</summary>
    /// <param name="Epilogue">
    /// What is done to each element of C, which then is not stored: C is what the body reads first, and what the step reads after A and B is
    /// what it reads next.
    /// </param>
    public sealed record Product(bool TransposeA, bool TransposeB, Body? Epilogue = null) : Routine
    {
        public override string Summary() => Epilogue is null ? "product" : $"product, {new Elementwise(Epilogue).Summary()}";

        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Product(this);
    }

    /// <param name="Epilogue">As of <see cref="Product"/>; not of the kernel's leg.</param>
    /// <param name="Followed">The convolution's own shape where a body follows, which may see it in another.</param>
    public sealed record Convolution(ConvolutionForm Form, Leg Open, Body? Epilogue = null, Shape? Followed = null) : Routine
    {
        public override string Summary() =>
            (Open switch { Leg.Output => "convolution", Leg.Input => "convolution input", _ => "convolution kernel" }) + (Epilogue is null ? "" : $", {new Elementwise(Epilogue).Summary()}");

        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Convolution(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Product(Routine.Product routine);
    R Convolution(Routine.Convolution routine);
}

internal sealed partial class Lowering
{
    /// <summary>A transposition before a product is read in place.</summary>
    public Lowered MatMul(Op.MatMul op)
    {
        var (a, transposeA) = Untransposed(node.Args[0]);
        var (b, transposeB) = Untransposed(node.Args[1]);
        return new Lowered.ByStep(new Routine.Product(transposeA, transposeB), [a, b]);
    }

    public Lowered Convolution(Op.Convolution op) => KernelAtPlace(op) ?? Step(new Routine.Convolution(op.Form, op.Open));

    private static (Expr, bool) Untransposed(Expr e) => e.Op is Op.Permute p && SwapsLastTwo(p.Order) ? (e.Args[0], true) : (e, false);

    private static bool SwapsLastTwo(Axes order) =>
        order.SequenceEqual([.. Enumerable.Range(0, order.Count - 2), order.Count - 1, order.Count - 2]);
}
