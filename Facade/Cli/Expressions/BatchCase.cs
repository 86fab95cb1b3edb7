using System.Collections.Immutable;
using System.Text.Json;

namespace AutoDiffAE.Cli;

/// <summary>One line of a batch: a question, where its arrays are, and where its results go.</summary>
/// <param name="File">A file with the arrays, or null.</param>
/// <param name="Inline">The arrays where they stand in the line itself.</param>
/// <param name="Out">A file for the results; null where they go into the answer.</param>
internal sealed record BatchCase(Question Question, string? File, Arrays Inline, bool Single, string? Out)
{
    private static readonly ImmutableArray<string> Fields = ["expr", "in", "grad", "cotangent", "jvp", "hvp", "shape", "precision", "out"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <param name="single">The precision of a line that names none.</param>
    /// <exception cref="UsageException">The line is no JSON object, or has a field that is unknown or of the wrong kind.</exception>
    public static BatchCase Parse(string line, bool single)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return Of(document.RootElement, single);
        }
        catch (JsonException e)
        {
            throw new UsageException($"no JSON object: {e.Message.Split(" LineNumber:")[0]}{(e.BytePositionInLine is { } at ? $" (column {at + 1})" : "")}");
        }
    }

    private static BatchCase Of(JsonElement line, bool single)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new UsageException("a JSON object was expected, as in {\"expr\": \"x ** 2\", \"in\": {\"x\": [1, 2]}}");
        if (line.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !Fields.Contains(n)) is { } unknown)
            throw new UsageException($"{unknown} is no field of a case, there are {string.Join(", ", Fields)}");
        JsonElement? Field(string name) => line.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        string? Text(string name) => Field(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw new UsageException($"{name}: a string is needed");
        ImmutableArray<Pair> Pairs(string name) => [.. Strings(name, Field(name)).Select(p => new Pair(p.Name, p.Value))];

        var question = new Question(
            Text("expr") ?? throw new UsageException("expr is missing, the expression"),
            Names(Field("grad")), Text("cotangent"), Pairs("jvp"), Pairs("hvp"),
            DeclaredShape.Parse("shape", Strings("shape", Field("shape")).Select(p => $"{p.Name}={p.Value}")));
        var given = Field("in");
        return new(
            question,
            given is { ValueKind: JsonValueKind.String } file ? file.GetString() : null,
            given switch
            {
                { ValueKind: JsonValueKind.Object } inline => Arrays.Of(
                    new(inline.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, JsonText.Read(p.Name, p.Value))))),
                null or { ValueKind: JsonValueKind.String } => Arrays.None,
                _ => throw new UsageException("in: the name of a .npz file is needed, or an object of arrays by name"),
            },
            Text("precision") is { } precision ? Precision.IsSingle("precision", precision) : single,
            Text("out"));
    }

    private static ImmutableArray<string> Names(JsonElement? field) => field switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [.. text.GetString()!.Split(',', StringSplitOptions.TrimEntries)],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(e => e.GetString()!).Distinct()],
        _ => throw new UsageException("grad: a list of names is needed, as in [\"a\", \"b\"]"),
    };

    private static IEnumerable<(string Name, string Value)> Strings(string name, JsonElement? field) => field switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } pairs when pairs.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String) =>
            [.. pairs.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!))],
        _ => throw new UsageException($"{name}: an object of strings is needed, as in {{\"x\": {(name == "shape" ? "\"(n, 3)\"" : "\"v\"")}}}"),
    };
}
