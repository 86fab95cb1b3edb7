namespace AutoDiffAE.Properties;

/// <summary>A law is broken. The message has the law, the numbers, and the smallest example found, as C# to be pasted.</summary>
public sealed class LawException(string message, Exception? inner = null) : Exception(message, inner);
