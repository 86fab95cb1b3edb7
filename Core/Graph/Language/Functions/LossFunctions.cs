using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Losses, with PyTorch's names, keywords and defaults.</summary>
internal static class LossFunctions
{
    private static readonly ImmutableArray<NamedFunction> Full =
    [
        Of("mse_loss(x, target, reduction=\"mean\")", a => Formulas.MseLoss(X(a), Target(a), By(a))),
        Of("l1_loss(x, target, reduction=\"mean\")", a => Formulas.L1Loss(X(a), Target(a), By(a))),
        Of("huber_loss(x, target, reduction=\"mean\", delta=1)", a => Formulas.HuberLoss(X(a), Target(a), a.Real("delta"), By(a))),
        Of("smooth_l1_loss(x, target, reduction=\"mean\", beta=1)", a => Formulas.SmoothL1Loss(X(a), Target(a), a.Real("beta"), By(a))),
        Of("binary_cross_entropy(x, target, weight=none, reduction=\"mean\")", a => Formulas.BinaryCrossEntropy(X(a), Target(a), a.Optional("weight"), By(a))),
        Of("binary_cross_entropy_with_logits(x, target, weight=none, reduction=\"mean\", pos_weight=none)",
            a => Formulas.BinaryCrossEntropyWithLogits(X(a), Target(a), a.Optional("weight"), a.Optional("pos_weight"), By(a))),
        Of("cross_entropy(x, target, weight=none, ignore_index=-100, reduction=\"mean\", label_smoothing=0)",
            a => Formulas.CrossEntropy(X(a), Target(a), a.Optional("weight"), a.Whole("ignore_index"), a.Real("label_smoothing"), By(a))),
        Of("nll_loss(x, target, weight=none, ignore_index=-100, reduction=\"mean\")",
            a => Formulas.NllLoss(X(a), Target(a), a.Optional("weight"), a.Whole("ignore_index"), By(a))),
        Of("kl_div(x, target, reduction=\"mean\", log_target=false)", a => Formulas.KlDiv(X(a), Target(a), a.Flag("log_target"), By(a))),
        Of("hinge_loss(x, target, reduction=\"mean\")", a => Formulas.HingeLoss(X(a), Target(a), By(a))),
        Of("hinge_embedding_loss(x, target, margin=1, reduction=\"mean\")", a => Formulas.HingeEmbeddingLoss(X(a), Target(a), a.Real("margin"), By(a))),
        Of("soft_margin_loss(x, target, reduction=\"mean\")", a => Formulas.SoftMarginLoss(X(a), Target(a), By(a))),
        Of("margin_ranking_loss(a, b, target, margin=0, reduction=\"mean\")",
            a => Formulas.MarginRankingLoss(a.Array("a"), a.Array("b"), Target(a), a.Real("margin"), By(a))),
        Of("cosine_embedding_loss(a, b, target, margin=0, reduction=\"mean\")",
            a => Formulas.CosineEmbeddingLoss(a.Array("a"), a.Array("b"), Target(a), a.Real("margin"), By(a))),
        Of("poisson_nll_loss(x, target, log_input=true, full=false, eps=1e-8, reduction=\"mean\")",
            a => Formulas.PoissonNllLoss(X(a), Target(a), a.Flag("log_input"), a.Flag("full"), a.Real("eps"), By(a))),
        Of("gaussian_nll_loss(x, target, var, full=false, eps=1e-6, reduction=\"mean\")",
            a => Formulas.GaussianNllLoss(X(a), Target(a), a.Array("var"), a.Flag("full"), a.Real("eps"), By(a))),
    ];

    private static readonly ImmutableDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["mse"] = "mse_loss",
        ["l1"] = "l1_loss",
        ["huber"] = "huber_loss",
        ["smooth_l1"] = "smooth_l1_loss",
        ["bce"] = "binary_cross_entropy",
        ["bce_with_logits"] = "binary_cross_entropy_with_logits",
        ["nll"] = "nll_loss",
        ["kl"] = "kl_div",
        ["hinge"] = "hinge_loss",
        ["cosine"] = "cosine_embedding_loss",
    }.ToImmutableDictionary();

    /// <summary>Each by PyTorch's name, and the usual ones by a short one.</summary>
    public static readonly ImmutableArray<NamedFunction> All =
        [.. Full, .. Short.Select(s => Full.Single(f => f.Name == s.Value) with { Name = s.Key })];

    private static Expr X(Arguments a) => a.Array("x");

    private static Expr Target(Arguments a) => a.Array("target");

    private static Reduction By(Arguments a) => a.Reduction("reduction");
}
