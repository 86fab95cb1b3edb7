using AutoDiffAE.Reading;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Training;

/// <summary>Where a training's first number that is not finite came to be.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Batch">Counted from 1; 0 for the validation after the epoch. It may be earlier than the one whose loss was no finite number.</param>
/// <param name="Again">Whether the training was run again from its beginning to find the step.</param>
/// <param name="Trace">What the step made of its batch and the parameters before it; null where the steps that were run again were finite.</param>
public sealed record Divergence(int Epoch, int Batch, bool Again, NonFiniteTrace? Trace)
{
    /// <summary>A few lines for a terminal.</summary>
    public IEnumerable<string> Lines()
    {
        var step = Batch > 0 ? FormattableString.Invariant($"epoch {Epoch}, batch {Batch}") : FormattableString.Invariant($"epoch {Epoch}, validation");
        return Trace is null
            ? [$"{step}: run again from the beginning, all steps up to it were finite; on this device a run is not repeated bit by bit"]
            : [$"{step}, run again{(Again ? " with all steps before it" : " with the parameters before it")}:", .. NonFiniteText.Lines(Trace)];
    }
}
