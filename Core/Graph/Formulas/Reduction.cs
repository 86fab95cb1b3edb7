namespace AutoDiffAE.Graph;

/// <summary>What is made of the losses of single elements.</summary>
public enum Reduction
{
    /// <summary>Their mean; of losses with class weights the sum divided by the sum of the weights.</summary>
    Mean,

    Sum,

    /// <summary>The losses themselves.</summary>
    None,

    /// <summary>Their sum divided by the length of the first axis.</summary>
    BatchMean,
}
