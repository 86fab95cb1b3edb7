namespace AutoDiffAE.Shapes;

/// <summary>A graph was refused while it was built: the message names the operation, its operands, their shapes and the line.</summary>
public sealed class ShapeException(string message) : ArgumentException(message);
