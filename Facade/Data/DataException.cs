namespace AutoDiffAE.Data;

/// <summary>Data that cannot be used as given. The message is one line: where, what was found, what was expected.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
