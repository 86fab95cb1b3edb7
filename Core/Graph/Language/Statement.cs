namespace AutoDiffAE.Graph.Language;

/// <summary>A line of a listing as it is read; an input has no value but its type.</summary>
internal sealed record Statement(ListedKind Kind, Let Let);
