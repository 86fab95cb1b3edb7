using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Random decisions of one case, and the inputs that they made.</summary>
public sealed class Draw(Case origin)
{
    private const int MostElements = 24;

    private readonly Random _random = new(origin.Seed);
    private readonly List<Input> _inputs = [];
    private int? _named;

    public int Size => origin.Size;

    public IReadOnlyList<Input> Inputs => _inputs;

    public int Int(int low, int high) => _random.Next(low, high + 1);

    public bool Coin() => _random.Next(2) == 0;

    public T Pick<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public double Uniform(double low, double high) => low + _random.NextDouble() * (high - low);

    /// <summary>Away from 0 and of either sign: as a cotangent it hides neither a sign nor a permutation.</summary>
    public double Signed() => Uniform(0.25, 1) * (Coin() ? 1 : -1);

    public int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        _random.Shuffle(order);
        return order;
    }

    public int[] Subset(int count) => [.. Enumerable.Range(0, count).Where(_ => Coin())];

    /// <summary>Few elements in all; sometimes the first axis is a named size.</summary>
    public Length[] Lengths(int lowRank = 0, int highRank = 4, int most = MostElements)
    {
        var lengths = new Length[Int(lowRank, Math.Max(lowRank, Math.Min(highRank, Size)))];
        var left = most;
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = i == 0 && Int(0, 3) == 0 ? Named() : Math.Min(Int(1, Size), left);
            left = Math.Max(1, left / lengths[i].Size);
        }
        return lengths;
    }

    /// <summary>The length n, which is one number throughout a case.</summary>
    public Length Named() => new("n", _named ??= Int(1, Size));

    public Tensor<double> Values(int[] sizes, Func<double> value) => Tensor<double>.Build(sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = value();
    });

    /// <summary>Values of which no two are closer than 0.15: without ties, and none made by a small step.</summary>
    public Tensor<double> Distinct(int[] sizes)
    {
        var order = Shuffled(sizes.Aggregate(1, (a, b) => a * b));
        return Tensor<double>.Of(order.Select(rank => (rank - order.Length / 2) * 0.15 + 0.04), sizes);
    }

    public Expr Input(IReadOnlyList<Length> lengths, Tensor<double>? values = null, bool varies = true)
    {
        var variable = Expr.Variable(((char)('a' + _inputs.Count)).ToString(CultureInfo.InvariantCulture), lengths.Shape());
        _inputs.Add(new Input(variable, values ?? Values(lengths.Sizes(), () => Uniform(-1.5, 1.5)), varies));
        return variable;
    }

    /// <summary>Lengths that broadcast to the given ones: some axes of length 1, some leading axes left out.</summary>
    public Length[] BroadcastsTo(IReadOnlyList<Length> target) =>
        [.. target.Skip(Int(0, 2) == 0 ? Int(0, target.Count) : 0).Select(l => Int(0, 3) == 0 ? 1 : l)];

    public override string ToString() => $"{origin}: {string.Join("; ", _inputs.Select(i =>
        $"{Printer.Short(i.Variable)} {i.Variable.Shape} = [{string.Join(", ", i.Value.Span.ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]"))}";
}
