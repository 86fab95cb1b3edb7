using System.Collections.Immutable;
using System.Text.Json;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Golden;

/// <summary>A row of the manifest: an operation with attributes, and a file with its inputs, output, cotangent and gradients.</summary>
public sealed record GoldenCase(string Name, string Op, bool Single, string File, JsonElement Attributes, ImmutableArray<string> Inputs, ImmutableArray<string> Gradients)
{
    public static ImmutableArray<GoldenCase> All { get; } = Shared.Root is null ? [] : Read();

    private static ImmutableArray<GoldenCase> Read()
    {
        using var manifest = JsonDocument.Parse(System.IO.File.ReadAllBytes(Shared.At("golden", "manifest.json")));
        return [.. manifest.RootElement.GetProperty("cases").EnumerateArray().Select(c => new GoldenCase(
            c.GetProperty("case").GetString()!,
            c.GetProperty("op").GetString()!,
            c.GetProperty("dtype").GetString() == "f32",
            c.GetProperty("file").GetString()!,
            c.GetProperty("attrs").Clone(),
            Names(c, "inputs"),
            Names(c, "grads")))];
    }

    private static ImmutableArray<string> Names(JsonElement row, string key) =>
        row.TryGetProperty(key, out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];

    public IReadOnlyDictionary<string, Tensor<double>> Load() => Npz.Read<double>(Shared.At(["golden", .. File.Split('/')]));

    public int[] Integers(string key) => Attributes.GetProperty(key) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(v => v.GetInt32())]
        : [Attributes.GetProperty(key).GetInt32()];

    public int[][] Table(string key) => [.. Attributes.GetProperty(key).EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetInt32()).ToArray())];

    public bool Flag(string key) => Attributes.GetProperty(key).GetBoolean();

    public string Text(string key) => Attributes.GetProperty(key).GetString()!;

    public override string ToString() => $"{Name}.{(Single ? "f32" : "f64")}";
}
