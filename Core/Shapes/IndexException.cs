namespace AutoDiffAE.Shapes;

/// <summary>An index met in a run is no whole number within its axis: the message names it, where it stands, the axis and its length.</summary>
public sealed class IndexException(string message) : ArgumentException(message);
