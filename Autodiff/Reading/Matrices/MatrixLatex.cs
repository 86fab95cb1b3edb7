using AutoDiffAE.Graph;
using static AutoDiffAE.Reading.MatrixAlgebra;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

/// <summary>A term as LaTeX's mathematics writes it: vectors are columns, and a product has no sign.</summary>
/// <param name="names">The names of the variables.</param>
internal sealed class MatrixLatex(Func<Expr, string> names)
{
    private const int Addition = 1, Multiplication = 2, Sign = 3, Power = 4, Atom = 5;

    private readonly record struct Part(string Text, int Level)
    {
        public string At(int level) => Level >= level ? Text : $@"\left({Text}\right)";
    }

    public string Of(MatrixTerm term) => Write(term).Text;

    private Part Write(MatrixTerm term) => term switch
    {
        Symbol s => new(names(s.Node), Atom),
        Ones => new(@"\mathbf{1}", Atom),
        Identity => new("I", Atom),
        Size s => new(Latex.Length(s.Of), s.Of.Name is null ? Addition : Atom),
        Transpose { Of: Inverse i } => new($@"{Write(i.Of).At(Atom)}^{{-\top}}", Power),
        Transpose t => new($@"{Write(t.Of).At(Atom)}^{{\top}}", Power),
        Inverse i => new($"{Write(i.Of).At(Atom)}^{{-1}}", Power),
        Invariant i => new($@"{i.Function switch { MatrixFunction.Trace => @"\operatorname{tr}", MatrixFunction.Determinant => @"\det", MatrixFunction.DeterminantSign => @"\operatorname{sgn}\det", _ => @"\ln\left|\det" }}\left({Write(i.Of).Text}\right){(i.Function == MatrixFunction.LogDeterminant ? @"\right|" : "")}", Atom),
        Diagonal d => new($@"\operatorname{{diag}}\left({Write(d.Of).Text}\right)", Atom),
        Elementwise e => WriteElementwise(e),
        Hadamard h => new(string.Join(@" \odot ", h.Factors.Select(f => f.Exponent == 1 ? Write(f.Base).At(Sign) : $@"{Write(f.Base).At(Atom)}^{{\odot {(f.Exponent < 0 ? $"({f.Exponent})" : $"{f.Exponent}")}}}")), Multiplication),
        Product p => WriteProduct(p),
        Sum s => WriteSum(s),
        _ => throw new InvalidOperationException($"{term}"),
    };

    /// <summary>As of a formula of arrays.</summary>
    private Part WriteElementwise(Elementwise e)
    {
        var letters = e.Args.Select((a, i) => (Variable: Expr.Variable($"a{i}"), Part: Write(Filling(a) ?? a))).Select(a => (a.Variable, Text: e.Function.Name is "pow" ? a.Part.At(Atom) : a.Part.Text)).ToList();
        return new(Latex.Of(Expr.Map(e.Function, [.. letters.Select(l => l.Variable)]), letters.ToDictionary(l => l.Variable, l => l.Text)), e.Function.Name is "pow" or "exp" ? Power : Atom);
    }

    private Part WriteProduct(Product p)
    {
        var (negative, over) = (p.Coefficient.Over < 0, Math.Abs(p.Coefficient.Over));
        List<string> above = over == 1 ? [] : [Latex.Number(over)], below = p.Coefficient.Under == 1 ? [] : [Latex.Number(p.Coefficient.Under)];
        foreach (var n in p.Numbers)
            (n.Exponent > 0 ? above : below).Add(Math.Abs(n.Exponent) == 1 ? Write(n.Base).At(Multiplication) : $"{Write(n.Base).At(Atom)}^{{{Math.Abs(n.Exponent)}}}");
        var scale = string.Join(@" \, ", above);
        if (below.Count > 0) scale = $@"\frac{{{(scale.Length == 0 ? "1" : scale)}}}{{{string.Join(@" \, ", below)}}}";
        var chain = p.IsNumber && SumOfSquares(p.Factors) is { } of ? $@"\left\lVert {Write(of).Text} \right\rVert{(of.IsWide ? "_{F}" : "")}^{{2}}" : Chain(p.Factors);
        var text = scale.Length == 0 ? chain.Length == 0 ? "1" : chain : chain.Length == 0 ? scale : p.Numbers.Count > 0 ? $@"{scale} \, {chain}" : $"{scale} {chain}";
        return new($"{(negative ? "-" : "")}{text}", Multiplication);
    }

    /// <summary>A matrix that stands next to itself is a power.</summary>
    private string Chain(IReadOnlyList<MatrixTerm> factors)
    {
        List<string> written = [];
        for (var (i, next) = (0, 0); i < factors.Count; i = next)
        {
            for (next = i + 1; next < factors.Count && factors[next].Equals(factors[i]) && factors[i] is Symbol; next++) { }
            var part = Write(factors[i]);
            written.Add(next - i == 1 ? part.At(Sign) : $"{part.At(Atom)}^{{{next - i}}}");
        }
        return string.Join(" ", written);
    }

    /// <summary>A of 1ᵀ (A ⊙ A) 1.</summary>
    private static MatrixTerm? SumOfSquares(IReadOnlyList<MatrixTerm> factors)
    {
        List<MatrixTerm> others = [.. factors.Select(f => f is Transpose t ? t.Of : f).Where(f => f is not Ones)];
        return others is [Hadamard { Factors: [{ Exponent: 2, Base: var a }] }] ? a : null;
    }

    private Part WriteSum(Sum s)
    {
        if (s.IsWide && Transposed(s) is Sum other && other.Transpositions < s.Transpositions) return new($@"{WriteSum(other).At(Atom)}^{{\top}}", Power);
        if (s.Rows.Is(1) && !s.IsNumber && Transposed(s) is Sum column) return new($@"{WriteSum(column).At(Atom)}^{{\top}}", Power);
        var text = "";
        // 1 - tanh² rather than 1 1ᵀ - tanh².
        var elementwise = s.Terms.Any(t => AsProduct(t).Factors is [Elementwise or Hadamard]);
        foreach (var term in s.Terms)
        {
            var negative = AsProduct(term).Coefficient.Over < 0;
            var unsigned = negative ? Negative(term) : term;
            var part = (elementwise && Filling(unsigned) is { } number ? Write(number) : Write(unsigned)).At(Multiplication);
            text += text.Length == 0 ? negative ? $"-{part}" : part : $" {(negative ? "-" : "+")} {part}";
        }
        return new(text, Addition);
    }
}
