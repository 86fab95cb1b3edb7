namespace AutoDiffAE.Reading.Quiz;

/// <summary>What a remark is, for whoever colours it.</summary>
public enum Tone
{
    Plain,
    Good,
    Bad,
    Hint,
}
