namespace AutoDiffAE.Graph;

/// <summary>Which of several equal maxima of a group receive the cotangent.</summary>
public enum TieRule
{
    /// <summary>Each gets an equal share: the subgradient that is symmetric in the elements.</summary>
    Share,

    /// <summary>The first in row-major order gets all of it, as PyTorch's and cuDNN's pooling do.</summary>
    First,

    /// <summary>Each gets all of it, as in Theano; not a subgradient.</summary>
    Each,
}
