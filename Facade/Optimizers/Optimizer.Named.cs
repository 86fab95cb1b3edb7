namespace AutoDiffAE.Optimizers;

public abstract partial record Optimizer
{
    /// <summary>The momentum that is taken where none is given.</summary>
    public const double UsualMomentum = 0.9;

    private sealed record Entry(double Rate, bool HasMomentum, Func<double, double, double, Optimizer> Of, double Decay = 0);

    private static Entry Coupled(double rate, Func<double, Optimizer> of) => new(rate, false, (r, _, decay) => Decaying(of(r), decay));

    private static Entry Coasting(double rate, Func<double, double, Optimizer> of) => new(rate, true, (r, m, decay) => Decaying(of(r, m), decay));

    private static Optimizer Decaying(Optimizer optimizer, double decay) => decay == 0 ? optimizer : optimizer.WithWeightDecay(decay);

    private static readonly OrderedDictionary<string, Entry> Known = new()
    {
        ["sgd"] = Coupled(0.01, r => new Sgd(r)),
        ["momentum"] = Coasting(0.01, (r, m) => new Momentum(r, m)),
        ["nesterov"] = Coasting(0.01, (r, m) => new NesterovMomentum(r, m)),
        ["adagrad"] = Coupled(0.01, r => new Adagrad(r)),
        ["rmsprop"] = Coupled(0.001, r => new RmsProp(r)),
        ["adadelta"] = Coupled(1, r => new Adadelta(r)),
        ["adam"] = Coupled(0.001, r => new Adam(r)),
        ["adamw"] = new(0.001, false, (r, _, decay) => new AdamW(r, decay), 0.01),
        ["adamax"] = Coupled(0.002, r => new Adamax(r)),
        ["amsgrad"] = Coupled(0.001, r => new Amsgrad(r)),
        ["lion"] = new(0.0001, false, (r, _, decay) => new Lion(r, WeightDecay: decay)),
    };

    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>An optimizer by its name, as on a command line.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="rate">By default the method's own.</param>
    /// <param name="momentum">Of momentum and nesterov, which alone have one.</param>
    /// <param name="weightDecay">On what has two axes or more: decoupled for adamw and lion, for the others added to the gradients. By default 0.01 for adamw, else none.</param>
    /// <exception cref="ArgumentException">There is no such optimizer, or it has no momentum and one was given.</exception>
    public static Optimizer Named(string name, double? rate = null, double? momentum = null, double? weightDecay = null)
    {
        var entry = Entered(name);
        return entry.HasMomentum || momentum is null
            ? entry.Of(rate ?? entry.Rate, momentum ?? UsualMomentum, weightDecay ?? entry.Decay)
            : throw new ArgumentException($"{name} has no momentum; {string.Join(" and ", Names.Where(HasMomentum))} have one");
    }

    /// <summary>The learning rate that an optimizer is begun with where nothing is known.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static double UsualRate(string name) => Entered(name).Rate;

    /// <summary>Whether an optimizer of this name has a momentum.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static bool HasMomentum(string name) => Entered(name).HasMomentum;

    private static Entry Entered(string name) => Known.TryGetValue(name, out var entry)
        ? entry
        : throw new ArgumentException($"there is no optimizer {name}, there are {string.Join(", ", Names)}");
}
