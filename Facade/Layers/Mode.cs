namespace AutoDiffAE.Layers;

/// <summary>What a layer's output is wanted for: noise and statistics of the batch belong to training alone.</summary>
public enum Mode
{
    Evaluation,
    Training,
}
