namespace AutoDiffAE.Graph;

/// <summary>
/// A table with a row for every structural operation: shape rules, pullbacks, lowerings. A missing row does not build. Each family of
/// operations states its rows beside its records.
/// </summary>
public partial interface IOpCases<out R>;
