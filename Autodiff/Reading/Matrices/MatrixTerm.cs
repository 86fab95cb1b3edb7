using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>
/// A formula of matrices, as a person writes it: a vector is a matrix of one column, a number one of one row and one column, and what is repeated along an
/// axis is a product with a vector of ones. Terms are made by <see cref="MatrixAlgebra"/>, which keeps them in a normal form; two are equal when they
/// read the same.
/// </summary>
internal abstract record MatrixTerm
{
    private protected MatrixTerm() { }

    public Dim Rows => this switch
    {
        Symbol s => MatrixSize.Of(s.Node.Shape).Rows,
        Ones o => o.Height,
        Identity i => i.Height,
        Transpose t => t.Of.Columns,
        Inverse i => i.Of.Columns,
        Diagonal d => d.Of.Rows,
        Elementwise e => e.Args[0].Rows,
        Hadamard h => h.Factors[0].Base.Rows,
        Product { Factors.Count: > 0 } p => p.Factors[0].Rows,
        Sum s => s.Terms[0].Rows,
        _ => 1,
    };

    public Dim Columns => this switch
    {
        Symbol s => MatrixSize.Of(s.Node.Shape).Columns,
        Identity or Diagonal => Rows,
        Transpose t => t.Of.Rows,
        Inverse i => i.Of.Rows,
        Elementwise e => e.Args[0].Columns,
        Hadamard h => h.Factors[0].Base.Columns,
        Product { Factors.Count: > 0 } p => p.Factors[^1].Columns,
        Sum s => s.Terms[0].Columns,
        _ => 1,
    };

    public bool IsNumber => Rows.Is(1) && Columns.Is(1);

    /// <summary>Neither a row, nor a column, nor a number.</summary>
    internal bool IsWide => !Rows.Is(1) && !Columns.Is(1);

    /// <summary>What it is made of.</summary>
    internal IEnumerable<MatrixTerm> Parts => this switch
    {
        Transpose t => [t.Of],
        Inverse i => [i.Of],
        Invariant i => [i.Of],
        Diagonal d => [d.Of],
        Elementwise e => e.Args,
        Hadamard h => h.Factors.Select(f => f.Base),
        Product p => p.Numbers.Select(n => n.Base).Concat(p.Factors),
        Sum s => s.Terms,
        _ => [],
    };

    /// <summary>How many symbols and functions are written.</summary>
    internal int Length => Parts.Sum(p => p.Length) + (this is Transpose or Hadamard or Product or Sum ? 0 : 1);

    /// <summary>How many transpositions are written.</summary>
    internal int Transpositions => Parts.Sum(p => p.Transpositions) + (this is Transpose && IsWide ? 1 : 0);

    /// <summary>A variable of the graph.</summary>
    /// <param name="Node">The variable.</param>
    /// <param name="Symmetric">Whether it is said to equal its transpose.</param>
    public sealed record Symbol(Expr Node, bool Symmetric) : MatrixTerm
    {
        public override string ToString() => Printer.Short(Node);
    }

    /// <summary>A column of ones.</summary>
    public sealed record Ones(Dim Height) : MatrixTerm
    {
        public override string ToString() => $"ones({Height})";
    }

    public sealed record Identity(Dim Height) : MatrixTerm
    {
        public override string ToString() => $"eye({Height})";
    }

    /// <summary>A length as a number.</summary>
    public sealed record Size(Dim Of) : MatrixTerm
    {
        public override string ToString() => $"size({Of})";
    }

    /// <summary>Of a symbol, an inverse, a column of ones or elementwise operations; of others it is that of their parts.</summary>
    public sealed record Transpose(MatrixTerm Of) : MatrixTerm
    {
        public override string ToString() => $"{Of}'";
    }

    /// <summary>A⁻¹.</summary>
    /// <param name="Of">A, which is square.</param>
    /// <param name="Solved">Whether the graph solves A X = B where it stands before B; equality does not ask.</param>
    public sealed record Inverse(MatrixTerm Of, bool Solved) : MatrixTerm
    {
        public bool Equals(Inverse? other) => other is not null && Of.Equals(other.Of);
        public override int GetHashCode() => HashCode.Combine(typeof(Inverse), Of);
        public override string ToString() => $"inv({Of})";
    }

    /// <summary>A number that is a function of a square matrix.</summary>
    public sealed record Invariant(MatrixFunction Function, MatrixTerm Of) : MatrixTerm
    {
        public override string ToString() => $"{Function}({Of})";
    }

    /// <summary>The square matrix with a column on its diagonal, else 0.</summary>
    public sealed record Diagonal(MatrixTerm Of) : MatrixTerm
    {
        public override string ToString() => $"diag({Of})";
    }

    /// <summary>A scalar function of each element.</summary>
    public sealed record Elementwise(ScalarFunction Function, Sequence<MatrixTerm> Args) : MatrixTerm
    {
        public override string ToString() => $"{Function}({string.Join(", ", Args)})";
    }

    /// <summary>Hadamard's product: powers, multiplied element by element.</summary>
    public sealed record Hadamard(Sequence<MatrixPower> Factors) : MatrixTerm
    {
        public override string ToString() => $"({string.Join(" . ", Factors)})";
    }

    /// <summary>A fraction times powers of numbers times a product of matrices, which is empty where all of it is a number.</summary>
    public sealed record Product(Ratio Coefficient, Sequence<MatrixPower> Numbers, Sequence<MatrixTerm> Factors) : MatrixTerm
    {
        public override string ToString() => $"[{Coefficient.Over}/{Coefficient.Under} {string.Join(" ", Numbers)} {string.Join(" ", Factors)}]";
    }

    /// <summary>Two terms or more, none of them a sum; what all of them have in common stands before the sum.</summary>
    public sealed record Sum(Sequence<MatrixTerm> Terms) : MatrixTerm
    {
        public override string ToString() => $"({string.Join(" + ", Terms)})";
    }
}
