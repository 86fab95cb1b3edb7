using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

/// <summary>
/// The laws of matrices by which terms are kept in a normal form: products and scales are flat, a transposition stands at a single matrix, numbers come first, like
/// terms are added, and what stands at one end of several terms is taken out of their sum. A product is never multiplied out.
/// </summary>
internal static partial class MatrixAlgebra
{
    public static MatrixTerm Number(double value) => new Product(Ratio.Of(value), [], []);

    /// <summary>A length as a number: 4 n is 4 times n.</summary>
    public static MatrixTerm Length(Dim length) => length.Value is { } value ? Number(value)
        : length.Names.Select(Dim.Named).ToList() is var names && Dim.Divide(length, names.Aggregate((a, b) => a * b))?.Value is { } times
            ? names.Aggregate(Number(times), (product, name) => Times(product, new Size(name)))
            : new Size(length);

    /// <summary>I, which of one row is 1.</summary>
    public static MatrixTerm Unit(Dim height) => height.Is(1) ? Number(1) : new Identity(height);

    /// <summary>A number in each element: s 1 1ᵀ.</summary>
    public static MatrixTerm Filled(MatrixTerm number, Dim rows, Dim columns)
    {
        List<MatrixTerm> ones = [];
        if (!rows.Is(1)) ones.Add(new Ones(rows));
        if (!columns.Is(1)) ones.Add(new Transpose(new Ones(columns)));
        return AsProduct(number) is var p ? Multiplied(p.Coefficient, p.Numbers, p.Factors.Concat(ones)) : number;
    }

    /// <summary>The number that each element is, where they are all one for certain.</summary>
    internal static MatrixTerm? Filling(MatrixTerm term) => term.IsNumber ? term
        : AsProduct(term) is var p && p.Factors.All(f => f is Ones or Transpose { Of: Ones }) ? Lone(p with { Factors = [] })
        : null;

    /// <summary>(A B)ᵀ = Bᵀ Aᵀ, (A + B)ᵀ = Aᵀ + Bᵀ, Aᵀᵀ = A.</summary>
    public static MatrixTerm Transposed(MatrixTerm term) => term switch
    {
        { IsNumber: true } or Identity or Diagonal or Symbol { Symmetric: true } => term,
        Transpose t => t.Of,
        Product p => Lone(p with { Factors = p.Factors.Reverse().Select(Transposed).ToSequence() }),
        Sum s => new Sum(s.Terms.Select(Transposed).ToSequence()),
        Inverse i when i.Of.Equals(Transposed(i.Of)) => i,
        _ => new Transpose(term),
    };

    /// <summary>The one of a term and its transpose that has fewer transpositions, or comes first, and whether it is the other.</summary>
    internal static (MatrixTerm Term, bool Flipped) Upright(MatrixTerm term)
    {
        var other = Transposed(term);
        var order = other.Transpositions != term.Transpositions ? other.Transpositions - term.Transpositions : string.CompareOrdinal($"{other}", $"{term}");
        return order < 0 ? (other, true) : (term, false);
    }

    /// <summary>A product of one matrix and nothing else is that matrix.</summary>
    private static MatrixTerm Lone(Product p) => p switch
    {
        { Coefficient: { Over: 1, Under: 1 }, Numbers.Count: 0, Factors: [var one] } => one,
        { Coefficient: { Over: 1, Under: 1 }, Numbers: [{ Exponent: 1, Base: var one }], Factors.Count: 0 } => one,
        _ => p,
    };

    internal static Product AsProduct(MatrixTerm term) => term switch
    {
        Product p when !p.IsNumber || p.Factors.Count == 0 => p,
        { IsNumber: true } => new(Ratio.One, [new(term, 1)], []),
        _ => new(Ratio.One, [], [term]),
    };
}
