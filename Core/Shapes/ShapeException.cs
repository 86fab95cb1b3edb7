namespace AutoDiffAE.Shapes;

/// <summary>A graph was refused while it was built: the message names the operation, its operands, their shapes and the line.</summary>
/// <param name="message">One line.</param>
/// <param name="drawing">Draws it when somebody asks.</param>
public sealed class ShapeException(string message, Func<ShapeDrawing>? drawing = null) : ArgumentException(message)
{
    private readonly Lazy<ShapeDrawing>? _drawing = drawing is null ? null : new(drawing);

    /// <summary>The operation with the shapes of its operands, axis by axis; null where there are no operands to show.</summary>
    public ShapeDrawing? Drawing => _drawing?.Value;

    /// <summary>The message, the drawing under it, and where it was thrown.</summary>
    public override string ToString()
    {
        var text = base.ToString();
        return Drawing is null || text.IndexOf(Message, StringComparison.Ordinal) is not (>= 0 and var at)
            ? text
            : text.Insert(at + Message.Length, $"\n{string.Join("\n", Drawing.Lines.Select(line => $"  {line}"))}");
    }
}
