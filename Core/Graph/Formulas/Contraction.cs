using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>A tensor with a label for each axis. Two of them are contracted as one batched matrix product, never as a product of all with all.</summary>
internal sealed record Contraction(Expr Value, string Labels)
{
    /// <summary>Operands contracted one after the other, from the left; what no later one and not the result names is summed at once.</summary>
    public static Expr Of(Subscripts subscripts, ImmutableArray<Expr> operands)
    {
        var lengths = Subscripts.Lengths(subscripts.Operands, operands);
        var terms = operands.Zip(subscripts.Operands, (x, labels) => new Contraction(x, labels).Diagonals().Without(lengths)).ToList();
        var result = terms[0];
        for (var i = 1; i < terms.Count; i++)
        {
            var kept = subscripts.Result + string.Concat(terms.Skip(i + 1).Select(t => t.Labels));
            result = Product(result.SummedBut(kept + terms[i].Labels), terms[i].SummedBut(kept + result.Labels), kept);
        }
        return result.SummedBut(subscripts.Result).As(subscripts.Result).Value;
    }

    private static Contraction Product(Contraction a, Contraction b, string kept)
    {
        var shared = a.Labels.Intersect(b.Labels).ToList();
        var batch = string.Concat(shared.Where(kept.Contains));
        var inner = string.Concat(shared.Where(c => !kept.Contains(c)));
        var (left, right) = (string.Concat(a.Labels.Except(shared)), string.Concat(b.Labels.Except(shared)));
        if (left.Length + right.Length == 0 && batch.Length > 0)
            return new Contraction(a.As(batch + inner).Value * b.As(batch + inner).Value, batch + inner).SummedBut(kept);

        var (rows, columns) = (a.Lengths(left), b.Lengths(right));
        if (inner.Length == 0)
            return new(
                a.As(batch + left).Value.Reshape(new Shape([.. a.Lengths(batch), .. rows, .. columns.Select(_ => (Dim)1)]))
                * b.As(batch + right).Value.Reshape(new Shape([.. a.Lengths(batch), .. rows.Select(_ => (Dim)1), .. columns])), batch + left + right);

        var along = Size(a.Lengths(inner));
        var product = a.As(batch + left + inner).Value.Reshape(new Shape([.. a.Lengths(batch), Size(rows), along]))
            .MatMul(b.As(batch + inner + right).Value.Reshape(new Shape([.. a.Lengths(batch), along, Size(columns)])));
        return new(product.Reshape(new Shape([.. a.Lengths(batch), .. rows, .. columns])), batch + left + right);
    }

    private ImmutableArray<Dim> Lengths(string labels) => [.. labels.Select(c => Value.Shape[Labels.IndexOf(c, StringComparison.Ordinal)])];

    private static Dim Size(ImmutableArray<Dim> lengths) => new Shape(lengths).Size;

    /// <summary>A label that stands twice names a diagonal.</summary>
    private Contraction Diagonals()
    {
        var result = this;
        while (result.Labels.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
        {
            var (first, last) = (result.Labels.IndexOf(twice, StringComparison.Ordinal), result.Labels.LastIndexOf(twice));
            result = new(result.Value.Diagonal(0, first, last), result.Labels.Remove(last, 1).Remove(first, 1) + twice);
        }
        return result;
    }

    /// <summary>Without axes of length 1 that are broadcast to another's length.</summary>
    private Contraction Without(Dictionary<char, List<Dim>> lengths)
    {
        var kept = Labels.Where((c, i) => !Value.Shape[i].Is(1) || lengths[c] is [_]).ToList();
        return kept.Count == Labels.Length ? this : new(Value.Reshape(new Shape(Lengths(string.Concat(kept)))), string.Concat(kept));
    }

    private Contraction SummedBut(string kept) => Labels.All(kept.Contains)
        ? this
        : new(Value.Sum([.. Enumerable.Range(0, Labels.Length).Where(i => !kept.Contains(Labels[i]))]), string.Concat(Labels.Where(kept.Contains)));

    private Contraction As(string order) => new(Value.Permute([.. order.Select(c => Labels.IndexOf(c, StringComparison.Ordinal))]), order);
}
