namespace AutoDiffAE.Reading;

/// <summary>What a part of a printed line is, for colours.</summary>
public enum TextRole
{
    Heading,
    Value,
    Rule,
    Statement,
    Equation,
    Shape,
    Note,
}
