using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>What <c>explain</c> is to derive: a number, and with respect to what.</summary>
internal sealed record Explained(Expr Cost, ImmutableArray<Expr> Wrt)
{
    private const string ModelFile = "model.npz";

    /// <summary>Whether the argument is a saved network and no expression: a file or a folder of that name is there, or could only be meant.</summary>
    public static bool IsModel(string text, IEnumerable<string> variables) =>
        !variables.Contains(text) && (Directory.Exists(text) || File.Exists(text) || text.EndsWith(".npz", StringComparison.OrdinalIgnoreCase));

    /// <summary>The sum of an expression's elements; variables without a shape are numbers.</summary>
    public static Explained OfText(string text, ImmutableArray<string> wrt, IReadOnlyDictionary<string, Expr> variables) => Origin.OfText(() => Read(text, wrt, variables));

    private static Explained Read(string text, ImmutableArray<string> wrt, IReadOnlyDictionary<string, Expr> variables)
    {
        var numbers = new Dictionary<string, Expr>(StringComparer.Ordinal);
        var y = Parser.Parse(text, variables, unknown: name => numbers.TryGetValue(name, out var known) ? known : numbers[name] = Expr.Variable(name));
        ImmutableArray<Expr> used = [.. Traversal.Variables([y])];
        if (used.IsEmpty) throw new UsageException("explain: the expression has no variable to differentiate by; give one its shape by --shape \"x=(n,3)\", () for a number");
        return new(y.Rank == 0 ? y : y.Sum(), Asked(wrt, used, "the expression has no variable of this name, it has"));
    }

    /// <summary>The loss that a saved network was trained by.</summary>
    /// <param name="path">A model.npz, or the folder of a run.</param>
    /// <param name="layer">The layer whose parameters are asked for; all when null.</param>
    /// <param name="wrt">Parameters; all of them when none is named.</param>
    public static Explained OfModel(string path, string? layer, ImmutableArray<string> wrt)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, ModelFile) : path;
        if (!File.Exists(file)) throw new UsageException(Directory.Exists(path)
            ? $"explain {path}: is a folder without {ModelFile}; the folder of a run of train has one"
            : $"explain {path}: there is no such file");
        var network = TrainedAutoencoder.Load(file).Network;
        var task = TrainingTask.Reconstruction(network);
        if (layer is null) return new(task.Loss, Asked(wrt, task.Learned, "the model has no parameter of this name, it has"));
        var names = network.Layers.Where(l => l.Parameters.Any(p => p.IsLearned)).Select(l => l.Name);
        var found = network.Layers.FirstOrDefault(l => l.Name == layer) ?? throw new UsageException($"--layer {layer}: the model has no such layer; {string.Join(", ", names)} learn");
        ImmutableArray<Expr> parameters = [.. found.Parameters.Where(p => p.IsLearned).Select(p => p.Variable)];
        if (parameters.IsEmpty) throw new UsageException($"--layer {layer}: it has no parameters; {string.Join(", ", names)} learn");
        return new(task.Loss, Asked(wrt, parameters, "the layer has no parameter of this name, it has"));
    }

    private static ImmutableArray<Expr> Asked(ImmutableArray<string> names, ImmutableArray<Expr> known, string unknown) => names.IsEmpty
        ? known
        : [.. names.Select(name => known.FirstOrDefault(v => Printer.Short(v) == name) ?? throw new UsageException($"--wrt {name}: {unknown} {string.Join(", ", known.Select(Printer.Short))}"))];
}
