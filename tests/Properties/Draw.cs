using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Random decisions of one case, and the inputs that they made.</summary>
public sealed class Draw
{
    private const int MostElements = 24;

    private readonly Case _origin;
    private readonly Random _random;
    private readonly List<Input> _inputs;
    private Pool? _pool;
    private readonly Dictionary<string, int> _sizes = [];

    public Draw(Case origin) => (_origin, _random, _inputs) = (origin, new(origin.Seed), []);

    /// <summary>Further decisions about inputs that are there already.</summary>
    public Draw(Case origin, IEnumerable<Input> inputs) =>
        (_origin, _random, _inputs) = (origin, new(unchecked(origin.Seed * 31 + 17)), [.. inputs]);

    public int Size => _origin.Size;

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
        if (_pool is not null && Int(0, 3) > 0 && _pool.Lengths(lowRank, highRank, most) is { } known) return known;
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
    public Length Named() => Named("n");

    private Length Named(string name)
    {
        if (!_sizes.TryGetValue(name, out var size)) _sizes[name] = size = Int(1, Size);
        return new(name, size);
    }

    /// <summary>A variable of a given shape; a size that it names is one number throughout a case.</summary>
    /// <exception cref="ArgumentException">A length is neither a number nor a name.</exception>
    public Expr Input(string name, Shape shape)
    {
        var lengths = shape.Select(d => d.Value is { } number ? new Length(d, (int)number)
            : d.Name is { } n ? Named(n) : throw new ArgumentException($"the length {d} of {name} is neither a number nor a name"));
        _inputs.Add(new Input(Expr.Variable(name, shape), Values(lengths.Sizes(), () => Uniform(-1.5, 1.5))));
        return _inputs[^1].Variable;
    }

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

    /// <summary>
    /// A new variable of the case, or, while a graph grows, an expression that it has already: so what samples one operation
    /// puts it anywhere into a graph.
    /// </summary>
    /// <param name="lengths">Its shape.</param>
    /// <param name="values">What its values are; small numbers of either sign when none are given.</param>
    /// <param name="varies">Whether it is differentiated: conditions, indices and orders are not.</param>
    public Expr Input(IReadOnlyList<Length> lengths, Tensor<double>? values = null, bool varies = true)
    {
        if (_pool is not null && varies && Int(0, 5) > 0) return _pool.Take(lengths, values);
        var variable = Expr.Variable(Name(_inputs.Count), lengths.Shape());
        _inputs.Add(new Input(variable, values ?? Values(lengths.Sizes(), () => Uniform(-1.5, 1.5)), varies));
        if (varies) _pool?.Offer(variable);
        return variable;
    }

    private static string Name(int index) => index < 26
        ? ((char)('a' + index)).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"a{index}");

    /// <summary>From here on inputs are taken from what was offered.</summary>
    internal Pool Growing() => _pool = new Pool(this, new Dictionary<string, long> { ["n"] = Named().Size });

    /// <summary>A new variable, whatever there is already.</summary>
    internal Expr Fresh(IReadOnlyList<Length> lengths, Tensor<double>? values)
    {
        var pool = _pool;
        _pool = null;
        var variable = Input(lengths, values);
        _pool = pool;
        _pool?.Offer(variable);
        return variable;
    }

    /// <summary>Lengths that broadcast to the given ones: some axes of length 1, some leading axes left out.</summary>
    public Length[] BroadcastsTo(IReadOnlyList<Length> target) =>
        [.. target.Skip(Int(0, 2) == 0 ? Int(0, target.Count) : 0).Select(l => Int(0, 3) == 0 ? 1 : l)];

    public override string ToString() => $"{_origin}: {string.Join("; ", _inputs.Select(i =>
        $"{Printer.Short(i.Variable)} {i.Variable.Shape} = [{string.Join(", ", i.Value.Span.ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]"))}";
}
