using System.Runtime.CompilerServices;

namespace AutoDiffAE.Graph;

/// <summary>Why arguments do not fit an operation: an interpolated text that is written only where they do not.</summary>
[InterpolatedStringHandler]
internal ref struct Reason
{
    private DefaultInterpolatedStringHandler _text;

    public Reason(int literals, int holes, bool fits, out bool written)
    {
        written = !fits;
        _text = written ? new(literals, holes) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string Text() => _text.ToStringAndClear();
}
