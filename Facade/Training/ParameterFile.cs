using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Parameters in .npz and .safetensors files, by their names. Loading is strict: what is missing, too much or of another shape is all listed.</summary>
public static class ParameterFile
{
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor<float>> values, params IEnumerable<(string Name, StoredArray Array)> others) =>
        ArrayFile.Write(path, values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => (v.Key, StoredArray.Of(v.Value))).Concat(others));

    /// <param name="source">What the message calls the file.</param>
    /// <param name="others">Arrays of the file that are no parameters.</param>
    /// <exception cref="DataException">Parameters are missing, too many or misshapen: one message lists all of them.</exception>
    public static ImmutableDictionary<string, Tensor<float>> Read(ArrayFile file, string source, IEnumerable<Parameter> parameters, params IEnumerable<string> others) =>
        Read(file, source, parameters.Select(p => (p.Name, p.Variable.Shape)), others);

    internal static ImmutableDictionary<string, Tensor<float>> Read(ArrayFile file, string source, IEnumerable<(string Name, Shapes.Shape Shape)> arrays, params IEnumerable<string> others)
    {
        var wanted = arrays.ToDictionary(a => a.Name, a => a.Shape);
        var faults = wanted.SelectMany<KeyValuePair<string, Shapes.Shape>, string>(p =>
                !file.Contains(p.Key) ? [$"{p.Key} {p.Value} is missing"]
                : Shapes.Shape.Of(file[p.Key].Sizes) != p.Value ? [$"{p.Key} has the shape {Shapes.Shape.Of(file[p.Key].Sizes)} where {p.Value} is needed"]
                : [])
            .Concat(file.Names.Where(n => !wanted.ContainsKey(n) && !others.Contains(n)).Select(n => $"{n} is not part of the network"))
            .ToList();
        return faults.Count == 0
            ? wanted.Keys.ToImmutableDictionary(name => name, name => file[name].As<float>())
            : throw new DataException($"{source}: does not fit its network: {string.Join("; ", faults)}");
    }
}
