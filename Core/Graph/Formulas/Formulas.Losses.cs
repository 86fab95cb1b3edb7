using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

// Losses by PyTorch's names. Prediction and target have one shape, since a broadcast between them is most often a mistake.
public static partial class Formulas
{
    /// <summary>(x - t)²</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr MseLoss(Expr x, Expr target, Reduction reduction = Reduction.Mean) =>
        Loss("mse_loss", x, target, (x, t) => (x - t).Square(), reduction);

    /// <summary>|x - t|</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr L1Loss(Expr x, Expr target, Reduction reduction = Reduction.Mean) =>
        Loss("l1_loss", x, target, (x, t) => (x - t).Abs(), reduction);

    /// <summary>½d² of d = x - t where |d| ≤ δ, else δ(|d| - ½δ): both are c(d - ½c) of c = d clipped to ±δ.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr HuberLoss(Expr x, Expr target, double delta = 1, Reduction reduction = Reduction.Mean) =>
        Loss("huber_loss", x, target, (x, t) => Huber(x - t, delta), reduction, Keywords.Number("delta", delta, 1));

    /// <summary>Huber's loss divided by β = δ; for β = 0 the absolute error.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr SmoothL1Loss(Expr x, Expr target, double beta = 1, Reduction reduction = Reduction.Mean) =>
        Loss("smooth_l1_loss", x, target, (x, t) => beta == 0 ? (x - t).Abs() : Huber(x - t, beta) / beta, reduction, Keywords.Number("beta", beta, 1));

    private static Expr Huber(Expr d, double delta) => d.Clip(-delta, delta) is var c ? c * (d - 0.5 * c) : d;

    /// <summary>
    /// -t ln x - (1 - t) ln(1 - x) of a probability x, each logarithm being at least -100, as PyTorch has it; dx = dy (x - t) / max(x(1 - x), 10⁻¹²).
    /// </summary>
    /// <param name="weight">A factor for each element, broadcast to them.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr BinaryCrossEntropy(Expr x, Expr target, Expr? weight = null, Reduction reduction = Reduction.Mean) =>
        Definition.Apply("binary_cross_entropy", OfOneShape("binary_cross_entropy", x, target), [("weight", weight)],
            (p, w) => Reduced(Weighted(CrossEntropyOfTwo(p[0], p[1]), w[0]), reduction), Keywords.Of(Keyword(reduction)));

    private static Expr CrossEntropyOfTwo(Expr x, Expr target) => Definition.Apply("cross_entropy_of_two", [x, target],
        p => -(p[1] * Maximum(p[0].Log(), -100) + (1 - p[1]) * Maximum((-p[0]).Log1p(), -100)),
        (p, _, dy) =>
        [
            dy * ((p[0] - p[1]) / Maximum(p[0] * (1 - p[0]), 1e-12)),
            dy * (Maximum((-p[0]).Log1p(), -100) - Maximum(p[0].Log(), -100)),
        ]);

    /// <summary>The same of a probability σ(x): (1 - t) x + (1 + (w₊ - 1) t) softplus(-x).</summary>
    /// <param name="weight">A factor for each element, broadcast to them.</param>
    /// <param name="positiveWeight">w₊, a factor of the losses of positive targets: more than 1 gives recall, less precision.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr BinaryCrossEntropyWithLogits(
        Expr x, Expr target, Expr? weight = null, Expr? positiveWeight = null, Reduction reduction = Reduction.Mean) =>
        Definition.Apply("binary_cross_entropy_with_logits", OfOneShape("binary_cross_entropy_with_logits", x, target),
            [("weight", weight), ("pos_weight", positiveWeight)],
            (p, w) =>
            {
                var missed = (-p[0]).Softplus();
                return Reduced(Weighted((1 - p[1]) * p[0] + (w[1] is { } positive ? (1 + (positive - 1) * p[1]) * missed : missed), w[0]), reduction);
            },
            Keywords.Of(Keyword(reduction)));

    /// <summary>t (ln t - x) of x = ln of the prediction; with a logarithm as target eᵗ (t - x).</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr KlDiv(Expr x, Expr target, bool logTarget = false, Reduction reduction = Reduction.Mean) =>
        Loss("kl_div", x, target, (x, t) => logTarget ? t.Exp() * (t - x) : Xlogy(t, t) - t * x, reduction, Keywords.Flag("log_target", logTarget));

    /// <summary>max(0, 1 - t x) for t = ±1.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr HingeLoss(Expr x, Expr target, Reduction reduction = Reduction.Mean) =>
        Loss("hinge_loss", x, target, (x, t) => (1 - t * x).Relu(), reduction);

    /// <summary>x where t = 1, max(0, margin - x) where t = -1.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr HingeEmbeddingLoss(Expr x, Expr target, double margin = 1, Reduction reduction = Reduction.Mean) =>
        Loss("hinge_embedding_loss", x, target, (x, t) => Where(Expr.Equal(t, -1), 0, x) + Where(Expr.Equal(t, 1), 0, (margin - x).Relu()),
            reduction, Keywords.Number("margin", margin, 1));

    /// <summary>ln(1 + e^(-t x)) for t = ±1.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr SoftMarginLoss(Expr x, Expr target, Reduction reduction = Reduction.Mean) =>
        Loss("soft_margin_loss", x, target, (x, t) => (-t * x).Softplus(), reduction);

    /// <summary>max(0, margin - t (a - b)): for t = 1 a should be the larger by the margin, for t = -1 b.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr MarginRankingLoss(Expr a, Expr b, Expr target, double margin = 0, Reduction reduction = Reduction.Mean) =>
        Definition.Apply("margin_ranking_loss", OfOneShape("margin_ranking_loss", a, b, target), p => Reduced((margin - p[2] * (p[0] - p[1])).Relu(), reduction),
            Keywords.Of(Keywords.Number("margin", margin, 0), Keyword(reduction)));

    /// <summary>
    /// The logarithm of Poisson's probability of t, its sign changed, without the term ln t!: eˣ - t x of x = the logarithm of the mean, or
    /// x - t ln(x + ε) of the mean. In full, t ln t - t + ½ ln 2πt (Stirling) is added where t > 1.
    /// </summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr PoissonNllLoss(Expr x, Expr target, bool logInput = true, bool full = false, double eps = 1e-8, Reduction reduction = Reduction.Mean) =>
        Loss("poisson_nll_loss", x, target, (x, t) =>
            {
                var loss = logInput ? x.Exp() - t * x : x - t * (x + eps).Log();
                return full ? loss + Where(Expr.Greater(t, 1), t * t.Log() - t + 0.5 * (2 * Math.PI * t).Log(), 0) : loss;
            },
            reduction, logInput ? null : "log_input=false", Keywords.Flag("full", full), Keywords.Number("eps", eps, 1e-8));

    /// <summary>½ (ln v + (x - t)² / v) of a variance v, which is at least ε; in full, ½ ln 2π is added.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Expr GaussianNllLoss(Expr x, Expr target, Expr variance, bool full = false, double eps = 1e-6, Reduction reduction = Reduction.Mean) =>
        Definition.Apply("gaussian_nll_loss", OfOneShape("gaussian_nll_loss", x, target, variance), p =>
            {
                var v = Maximum(p[2], eps);
                var loss = 0.5 * (v.Log() + (p[0] - p[1]).Square() / v);
                return Reduced(full ? loss + 0.5 * Math.Log(2 * Math.PI) : loss, reduction);
            },
            Keywords.Of(Keywords.Flag("full", full), Keywords.Number("eps", eps, 1e-6), Keyword(reduction)));

    private static Expr Loss(string name, Expr x, Expr target, Func<Expr, Expr, Expr> each, Reduction reduction, params IEnumerable<string?> options) =>
        Definition.Apply(name, OfOneShape(name, x, target), p => Reduced(each(p[0], p[1]), reduction), Keywords.Of([.. options, Keyword(reduction)]));

    private static ImmutableArray<Expr> OfOneShape(string name, params ImmutableArray<Expr> args) => args.All(a => a.Shape == args[0].Shape)
        ? args
        : throw Refusal.Of(name, args, "one shape is needed", Origin.Here());

    private static Expr Weighted(Expr losses, Expr? weight) => weight is null ? losses : losses * weight;

    private static Expr Reduced(Expr losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        Reduction.BatchMean when losses.Rank > 0 => losses.Sum() / SizeOf(losses.Shape[0]),
        _ => losses,
    };

    private static string? Keyword(Reduction reduction) => reduction == Reduction.Mean ? null : $"reduction=\"{reduction.ToString().ToLowerInvariant()}\"";
}
