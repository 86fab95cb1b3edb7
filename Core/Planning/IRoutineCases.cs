namespace AutoDiffAE.Planning;

/// <summary>A table with a row for every routine: a backend's kernels. A missing row does not build.</summary>
public partial interface IRoutineCases<out R>;
