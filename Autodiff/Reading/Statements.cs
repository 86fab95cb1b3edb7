using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>What each rule says in general, a row for each operation; a scalar function's is its own derivative.</summary>
internal sealed class Statements : IOpCases<string>
{
    /// <summary>What the rule says of a node: a power by a number has a simpler one than any power.</summary>
    public static string Of(Expr node) => node is { Op: Op.Map { Function: var f }, Args: [_, { Op: Op.Literal } or { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal }] }] } && f.Type == typeof(Pow)
        ? "y = x ** c for a number c: dx = dy * c * x ** (c - 1)"
        : node.Op.Match(new Statements());

    /// <summary>y = f(x): the formula of the struct, written over letters.</summary>
    public string Map(Op.Map op)
    {
        Expr[] letters = [.. (op.Function.Arity switch { 1 => "x", 2 => "a b", _ => "a b c" }).Split(' ').Select(n => Expr.Variable(n))];
        var y = Expr.Map(op.Function, [.. letters]);
        var dy = Expr.Variable("dy");
        var names = letters.Append(dy).ToDictionary(v => v, v => ((Op.Variable)v.Op).Label);
        names[y] = "y";
        var parts = op.Function.Derivatives(letters, y).Select((d, i) => $"d{names[letters[i]]} = {Printer.Formula(Pullbacks.Times(dy, d), names)}");
        return $"y = {Printer.Formula(y, names, open: true)}: {string.Join(", ", parts)}";
    }

    public string Variable(Op.Variable op) => $"{op.Label} is a variable";

    public string Constant(Op.Constant op) => $"a constant of the shape {op.Value.Shape} has no derivative";

    public string Literal(Op.Literal op) => $"{Printer.Number(op.Value)} has no derivative";

    public string SizeOf(Op.SizeOf op) => $"the size {op.Length} has no derivative";

    public string Iota(Op.Iota op) => $"0, 1, … below {op.Length} have no derivative";

    public string Uniform(Op.Uniform op) => "random numbers have no derivative";

    public string MatMul(Op.MatMul op) => "Y = A @ B: dA = dY @ Bᵀ, dB = Aᵀ @ dY";

    public string Convolution(Op.Convolution op) => op.Open switch
    {
        Leg.Output => "y = x ⋆ w is linear in x and in w: dx is dy convolved with w turned round, dw is x correlated with dy",
        Leg.Input => "x = y ⋆ᵀ w is linear in y and in w: dy is dx convolved with w, dw is dx correlated with y",
        _ => "w = x ⋆ y is linear in x and in y: dx is y convolved with dw turned round, dy is x convolved with dw",
    };

    public string Sum(Op.Sum op) => "y = Σ x: each summand receives dy";

    public string Product(Op.Product op) => "y = Π x: each factor receives dy times the product of the others";

    public string Maximum(Op.Maximum op) => "y = max x: what is the maximum receives dy, the others nothing";

    public string MaximumIndicator(Op.MaximumIndicator op) => "where a maximum is does not change under small changes";

    public string Reshape(Op.Reshape op) => "y is x in another shape: dx is dy in x's";

    public string Permute(Op.Permute op) => "y is x with its axes in another order: dx is dy with them in x's";

    public string BroadcastTo(Op.BroadcastTo op) => "y repeats x: dx is the sum of dy over the copies";

    public string Slice(Op.Slice op) => "y is a part of x: dx is dy in that part, and 0 elsewhere";

    public string Pad(Op.Pad op) => "y is x among zeros: dx is that part of dy";

    public string Concatenate(Op.Concatenate op) => "y joins its arguments: each receives its own part of dy";

    public string Windows(Op.Windows op) => "y are windows of x: dx adds up what all windows have at a place";

    public string FoldWindows(Op.FoldWindows op) => "y adds up windows: each window receives dy at its places";

    public string Gather(Op.Gather op) => "y takes elements of x: dx adds dy up at the places taken";

    public string ScatterAdd(Op.ScatterAdd op) => "y adds x up at places: dx is dy at these places";

    public string ArgSort(Op.ArgSort op) => "an order does not change under small changes";

    public string Cumulate(Op.Cumulate op) => "yₖ = aₖ yₖ₋₁ + bₖ: db is the recurrence run backwards over dy, da = db times the y before";

    public string RunningMaximum(Op.RunningMaximum op) => "the element that is the maximum so far receives dy";

    public string Cholesky(Op.Cholesky op) => "A = L Lᵀ: dA = L⁻ᵀ Φ(Lᵀ dL) L⁻¹, Φ the lower half with half the diagonal";

    public string TriangularSolve(Op.TriangularSolve op) => "A X = B: dB = A⁻ᵀ dX, dA = -dB Xᵀ in the triangle";

    public string Lu(Op.Lu op) => "P A = L U: dA from the lower half of Lᵀ dL and the upper half of dU Uᵀ";

    public string StopGradient(Op.StopGradient op) => "a value held fast passes nothing on";

    public string After(Op.After op) => "y is x: dx = dy";

    public string Call(Op.Call op) => DefinitionStatement.Of(op);
}
