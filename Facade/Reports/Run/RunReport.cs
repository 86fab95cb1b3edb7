using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;

namespace AutoDiffAE.Reports;

/// <summary>
/// All there is to see of a training, for one page: the errors, what became of images it was not trained on, the best and the worst of them, the filters,
/// what each number of the code paints, the codes in two dimensions, images between images, times, the network, its derivation by layer, and how to do it again.
/// </summary>
/// <param name="Title">What was trained on what.</param>
/// <param name="Model">The best one.</param>
/// <param name="Validation">Images that it was not trained on; those of one class are drawn alike where they have labels.</param>
/// <param name="History">Its epochs.</param>
public sealed record RunReport(string Title, TrainedAutoencoder Model, Images Validation, History History)
{
    /// <summary>The error of predicting the mean image, to compare with.</summary>
    public double? Baseline { get; init; }

    /// <summary>How many images trained, for the images of a second.</summary>
    public int? TrainImages { get; init; }

    /// <summary>The command that makes it again.</summary>
    public string? Command { get; init; }

    /// <summary>What else its numbers depend on, by name: data, versions, the machine.</summary>
    public ImmutableArray<(string Name, string Value)> Circumstances { get; init; } = [];

    /// <summary>The page, which needs nothing beside itself, as lines of HTML that are XML too.</summary>
    public IEnumerable<string> Lines() => new ReportPage(this, RunFindings.Of(Model, Validation)).Lines();

    /// <exception cref="DataException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, string.Join("\n", Lines()) + "\n");
}
