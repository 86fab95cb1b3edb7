using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using AutoDiffAE.Layers;

namespace AutoDiffAE.Cli;

/// <summary>Options whose values are checked while they are parsed, with messages that say what would do.</summary>
internal static class Options
{
    public static Option<int> Whole(string name, int otherwise, string description, int least = 1) =>
        Described(new Option<int>(name)
        {
            DefaultValueFactory = _ => otherwise,
            CustomParser = result => Parsed<int>(result, NumberStyles.AllowLeadingSign, v => v >= least, $"a whole number of at least {least}"),
        }, "N", description);

    /// <summary>A whole number that may be left out.</summary>
    public static Option<int?> Optional(string name, string description, int least = 1) =>
        Described(new Option<int?>(name)
        {
            CustomParser = result => Parsed<int>(result, NumberStyles.AllowLeadingSign, v => v >= least, $"a whole number of at least {least}"),
        }, "N", description);

    public static Option<ulong> Seed(ulong otherwise, string description) =>
        Described(new Option<ulong>("--seed")
        {
            DefaultValueFactory = _ => otherwise,
            CustomParser = result => Parsed<ulong>(result, NumberStyles.None, _ => true, "a whole number of at least 0"),
        }, "N", description);

    public static Option<double> Real(string name, double otherwise, string description, Func<double, bool> fits, string wanted) =>
        Described(new Option<double>(name)
        {
            DefaultValueFactory = _ => otherwise,
            CustomParser = result => Parsed<double>(result, NumberStyles.Float, v => double.IsFinite(v) && fits(v), wanted),
        }, "X", description);

    /// <summary>A number that may be left out.</summary>
    public static Option<double?> OptionalReal(string name, string description, Func<double, bool> fits, string wanted) =>
        Described(new Option<double?>(name) { CustomParser = result => Parsed<double>(result, NumberStyles.Float, v => double.IsFinite(v) && fits(v), wanted) }, "X", description);

    /// <summary>One of some names, which the description lists.</summary>
    public static Option<string> OneOf(string name, string otherwise, IEnumerable<string> names, string description) =>
        Described(new Option<string>(name)
        {
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
            {
                var text = result.Tokens is [var token] ? token.Value : "";
                if (!names.Contains(text)) result.AddError($"{name} {text}: one of {string.Join(", ", names)} is needed");
                return text;
            },
        }, "NAME", $"{description}: {string.Join(", ", names)}");

    public static Option<int> Threads() => Whole("--threads", Environment.ProcessorCount, "Processor cores to use");

    public static Option<string?> Data() => Described(new Option<string?>("--data"), "DIR", "The folder with the four IDX files of mnist or fashion-mnist, gzip or not; needed for these alone");

    public static Option<string?> Size() => Described(new Option<string?>("--size")
    {
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (IsSize(text, out _)) return text;
            result.AddError($"--size {text}: HxW is needed, as in 28x28, or one number for both");
            return null;
        },
    }, "HxW", "Crops the pictures of a folder to this proportion, then resizes them to this height and width; needed where they differ");

    /// <summary>The size that a text of --size stands for.</summary>
    /// <exception cref="UsageException">It stands for none.</exception>
    public static Size2D Parsed(string size) => IsSize(size, out var parsed) ? parsed : throw new UsageException($"--size {size}: HxW is needed, as in 28x28, or one number for both");

    private static bool IsSize(string text, out Size2D size)
    {
        int? Side(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 1 and <= 1 << 14 ? side : null;
        size = text.Split('x') switch
        {
            [var both] when Side(both) is { } side => (Size2D)side,
            [var high, var wide] when Side(high) is { } height && Side(wide) is { } width => new(height, width),
            _ => default,
        };
        return size != default;
    }

    public static Option<string> Out(string what, string description) => Described(new Option<string>("--out") { Required = true }, what, description);

    /// <summary>A text that may be left out.</summary>
    public static Option<string?> Text(string name, string value, string description) => Described(new Option<string?>(name), value, description);

    public static Option<string> Text(string name, string otherwise, string value, string description) =>
        Described(new Option<string>(name) { DefaultValueFactory = _ => otherwise }, value, description);

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Several(string name, string value, string description) =>
        Described(new Option<string[]>(name) { DefaultValueFactory = _ => [], Arity = ArgumentArity.OneOrMore }, value, description);

    public static Option<bool> Json() => new("--json") { Description = "One JSON object as the last line" };

    public static Option<bool> DumpPlan() => new("--dump-plan") { Description = "Prints the compiled plan first: its slots and its steps" };

    private static O Described<O>(O option, string value, string description) where O : Option
    {
        (option.HelpName, option.Description) = (value, description);
        return option;
    }

    private static T Parsed<T>(ArgumentResult result, NumberStyles style, Func<T, bool> fits, string wanted) where T : struct, INumber<T>
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && fits(value)) return value;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} {text}: {wanted} is needed");
        return default;
    }
}
