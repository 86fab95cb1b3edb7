namespace AutoDiffAE.Reading.Quiz;

/// <summary>How many questions were answered alone, with hints, and not.</summary>
public sealed record Score(int Alone, int Helped, int Skipped)
{
    /// <summary>With one more right answer.</summary>
    /// <param name="helped">Whether there were hints.</param>
    public Score Right(bool helped) => helped ? this with { Helped = Helped + 1 } : this with { Alone = Alone + 1 };

    /// <summary>With one more question that was given up.</summary>
    public Score Skip() => this with { Skipped = Skipped + 1 };

    public override string ToString() => (Alone + Helped + Skipped) == 0
        ? "no question was answered; come again"
        : $"{Alone + Helped} of {Alone + Helped + Skipped} right{(Helped > 0 ? $", {Helped} of them with hints" : "")}";
}
