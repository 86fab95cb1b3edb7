namespace AutoDiffAE.Optimizers;

/// <summary>Where ε stands in a divisor that is a root.</summary>
public enum EpsilonPlace
{
    /// <summary>√(v + ε), as in Lasagne.</summary>
    UnderRoot,

    /// <summary>√v + ε, as in PyTorch.</summary>
    BesideRoot,
}
