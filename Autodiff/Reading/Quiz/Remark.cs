namespace AutoDiffAE.Reading.Quiz;

/// <summary>A line that a quiz says.</summary>
public sealed record Remark(Tone Tone, string Text)
{
    internal static Remark Plain(string text) => new(Tone.Plain, text);

    internal static Remark Good(string text) => new(Tone.Good, text);

    internal static Remark Bad(string text) => new(Tone.Bad, text);

    internal static Remark Hint(string text) => new(Tone.Hint, text);
}
