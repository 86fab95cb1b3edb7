using System.Collections.Immutable;

namespace AutoDiffAE.Shapes;

/// <summary>
/// The length of an axis: an integer polynomial in named sizes and floor-quotients of such polynomials, so that one graph serves
/// any batch. Named sizes are at least 1. Two lengths are equal when their canonical polynomials are.
/// </summary>
public sealed class Dim : IEquatable<Dim>
{
    /// <summary>A factor that a polynomial treats as a letter: a named size, or ⌊numerator / divisor⌋.</summary>
    private abstract record Atom(string Text)
    {
        internal sealed record Named(string Name) : Atom(Name);

        internal sealed record Quotient(Dim Numerator, long Divisor) : Atom($"floor({(Numerator._terms.Length > 1 ? $"({Numerator})" : $"{Numerator}")}/{Divisor})");
    }

    private sealed record Term(ImmutableArray<Atom> Factors, long Coefficient)
    {
        public string Key { get; } = string.Join("*", Factors.Select(f => f.Text));
    }

    private static readonly Dim[] Small = [.. Enumerable.Range(0, 65).Select(i => new Dim([new Term([], i)]))];

    private readonly ImmutableArray<Term> _terms;
    private readonly string _text;

    private Dim(IEnumerable<Term> terms)
    {
        _terms = [.. terms.GroupBy(t => t.Key)
            .Select(g => new Term(g.First().Factors, g.Sum(t => t.Coefficient)))
            .Where(t => t.Coefficient != 0)
            .OrderByDescending(t => t.Factors.Length).ThenBy(t => t.Key, StringComparer.Ordinal)];
        _text = _terms.Length == 0 ? "0" : string.Concat(_terms.Select(Format));
    }

    private static string Format(Term t, int index)
    {
        var sign = t.Coefficient < 0 ? "-" : index > 0 ? "+" : "";
        var size = Math.Abs(t.Coefficient);
        return sign + (t.Factors.IsEmpty ? $"{size}" : size == 1 ? t.Key : $"{size}*{t.Key}");
    }

    /// <summary>A named size, bound to a number when a compiled function is invoked.</summary>
    public static Dim Named(string name) => new([new Term([new Atom.Named(name)], 1)]);

    public static implicit operator Dim(long value) => value is >= 0 and <= 64 ? Small[value] : new([new Term([], value)]);

    public static implicit operator Dim(string name) => Named(name);

    /// <summary>The length as a number, where it names no size.</summary>
    public long? Value => _terms.Length == 0 ? 0 : _terms.Length == 1 && _terms[0].Factors.IsEmpty ? _terms[0].Coefficient : null;

    /// <summary>The name, where the length is just one named size.</summary>
    public string? Name => _terms is [{ Factors: [Atom.Named n], Coefficient: 1 }] ? n.Name : null;

    /// <summary>All sizes that the length names, also inside quotients.</summary>
    public IEnumerable<string> Names => _terms.SelectMany(t => t.Factors)
        .SelectMany(a => a is Atom.Quotient q ? q.Numerator.Names : [a.Text]).Distinct();

    public bool Is(long value) => Value == value;

    public static Dim operator +(Dim a, Dim b) =>
        (a.Value, b.Value) is (long x, long y) ? (Dim)checked(x + y) : new Dim(a._terms.Concat(b._terms));

    public static Dim operator -(Dim a) => new(a._terms.Select(t => new Term(t.Factors, -t.Coefficient)));

    public static Dim operator -(Dim a, Dim b) => (a.Value, b.Value) is (long x, long y) ? (Dim)checked(x - y) : a + -b;

    public static Dim operator *(Dim a, Dim b) => (a.Value, b.Value) is (long x, long y)
        ? (Dim)checked(x * y)
        : new Dim(from s in a._terms
              from t in b._terms
              select new Term([.. s.Factors.Concat(t.Factors).OrderBy(f => f.Text, StringComparer.Ordinal)],
                  checked(s.Coefficient * t.Coefficient)));

    /// <summary>⌊a / divisor⌋: the terms that divide exactly leave the quotient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is not positive.</exception>
    public static Dim FloorDivide(Dim a, long divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        if (a.Value is long value) return (long)Math.Floor((decimal)value / divisor);
        var whole = a._terms.Where(t => t.Coefficient % divisor == 0).ToList();
        var rest = new Dim(a._terms.Except(whole));
        var quotient = new Dim(whole.Select(t => new Term(t.Factors, t.Coefficient / divisor)));
        return rest.Value is not null
            ? quotient + FloorDivide(rest, divisor)
            : quotient + new Dim([new Term([new Atom.Quotient(rest, divisor)], 1)]);
    }

    /// <summary>a / b where that is a polynomial for certain; null where it cannot be decided.</summary>
    public static Dim? Divide(Dim a, Dim b)
    {
        if (a.Equals(b)) return 1;
        if (b._terms is not [var divisor]) return null;
        var quotients = a._terms.Select(t => Divide(t, divisor)).ToList();
        return quotients.Contains(null) ? null : new Dim(quotients!);
    }

    private static Term? Divide(Term a, Term b)
    {
        if (a.Coefficient % b.Coefficient != 0) return null;
        var rest = a.Factors;
        foreach (var factor in b.Factors)
        {
            var at = rest.IndexOf(factor);
            if (at < 0) return null;
            rest = rest.RemoveAt(at);
        }
        return new Term(rest, a.Coefficient / b.Coefficient);
    }

    /// <summary>Whether the length is at least <paramref name="bound"/> whatever its names are bound to; null: undecided.</summary>
    public bool? AtLeast(long bound)
    {
        if (Value is long value) return value >= bound;
        if (_terms.SelectMany(t => t.Factors).OfType<Atom.Quotient>().Any(q => q.Numerator.AtLeast(0) != true)) return null;
        // Names are at least 1 and quotients of lengths at least 0, so positive coefficients give a lower bound, negative an upper.
        long Extreme(Term t) => t.Factors.Any(f => f is Atom.Quotient) ? 0 : t.Coefficient;
        if (_terms.All(t => t.Factors.IsEmpty || t.Coefficient > 0)) return _terms.Sum(Extreme) >= bound ? true : null;
        if (_terms.All(t => t.Factors.IsEmpty || t.Coefficient < 0) && _terms.Sum(Extreme) < bound) return false;
        return null;
    }

    /// <exception cref="KeyNotFoundException">A named size has no value in <paramref name="sizes"/>.</exception>
    public long Evaluate(IReadOnlyDictionary<string, long> sizes) =>
        _terms.Sum(t => t.Factors.Aggregate(t.Coefficient, (product, f) => checked(product * f switch
        {
            Atom.Named n => sizes[n.Name],
            Atom.Quotient q => (long)Math.Floor((decimal)q.Numerator.Evaluate(sizes) / q.Divisor),
            _ => throw new InvalidOperationException(f.Text),
        })));

    public bool Equals(Dim? other) => ReferenceEquals(this, other) || other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as Dim);

    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);

    public static bool operator ==(Dim a, Dim b) => a.Equals(b);

    public static bool operator !=(Dim a, Dim b) => !a.Equals(b);

    public override string ToString() => _text;
}
