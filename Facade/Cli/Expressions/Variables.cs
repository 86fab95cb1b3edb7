using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>A variable for each array, and the numbers that the sizes named by their shapes stand for.</summary>
internal static class Variables
{
    /// <exception cref="UsageException">An array has another shape than was declared for it, or is not there.</exception>
    public static (IReadOnlyDictionary<string, Expr> ByName, IReadOnlyDictionary<string, long> Sizes) Of(Arrays arrays, IEnumerable<DeclaredShape> shapes)
    {
        var declared = shapes.ToDictionary(s => s.Variable, s => s.Shape);
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, shape) in declared)
        {
            var found = arrays.Find(name, $"shape {name}={shape}").Sizes;
            if (found.Length != shape.Rank) throw new UsageException($"shape {name}={shape}: the array {name} has the shape {Shape.Of(found)}");
            foreach (var (length, size) in shape.Zip(found))
            {
                if (length.Name is { } label && sizes.TryAdd(label, size)) continue;
                if (length.Evaluate(sizes) != size)
                    throw new UsageException($"shape {name}={shape}: the array {name} has the shape {Shape.Of(found)}"
                        + (length.Name is null ? "" : $", and {length} is {sizes[length.Name]}"));
            }
        }
        return (arrays.Names.ToDictionary(n => n, n => Expr.Variable(n, declared.GetValueOrDefault(n) ?? Shape.Of(arrays[n].Sizes)), StringComparer.Ordinal), sizes);
    }
}
