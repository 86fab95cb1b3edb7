using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Golden;

/// <summary>Values and gradients that another system computed, case by case.</summary>
public sealed class GoldenTest(ITestOutputHelper log)
{
    /// <summary>What an operation that is not translated waits for: when a case of <see cref="Op"/> of that name exists, it must be.</summary>
    private static readonly Dictionary<string, string> Waiting = [];

    public static TheoryData<string> Operations => [.. GoldenCase.All.Select(c => c.Op).Where(Translations.Has).Distinct()];

    [SharedTheory]
    [MemberData(nameof(Operations))]
    public void Interpreted_values_and_gradients_are_the_golden_ones(string operation) => Check(operation, _ => true, new Interpreted(), 1e-9);

    [SharedTheory]
    [MemberData(nameof(Operations))]
    public void Values_and_gradients_compiled_in_double_are_the_golden_ones(string operation) => Check(operation, c => !c.Single, new Compiled<double>(), 1e-9);

    [SharedTheory]
    [MemberData(nameof(Operations))]
    public void Values_and_gradients_compiled_in_float_are_the_golden_ones(string operation) =>
        Check(operation, c => c.Single, new Compiled<float>(), InSinglePrecision.GetValueOrDefault(operation, 1e-6));

    /// <summary>What is further from the truth than a millionth of scale in single precision, and why.</summary>
    internal static readonly Dictionary<string, double> InSinglePrecision = new()
    {
        // A Hessian times a vector through two layers: its terms are larger than their sum (3.1e-6 at one element of hvp_dense).
        ["second_derivative"] = 4e-6,
    };

    internal static void Check(string operation, Func<GoldenCase, bool> which, IEvaluator evaluator, double tolerance)
    {
        var faults = GoldenCase.All.Where(c => c.Op == operation && which(c)).SelectMany(c => Faults(c, evaluator, tolerance)).ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>The networks have a test of their own.</summary>
    [SharedFact]
    public void Every_case_whose_operation_exists_is_translated()
    {
        var translated = GoldenCase.All.Where(c => c.Op == "network" || Variants(c, c.Load()).Variants.Count > 0).ToHashSet();
        log.WriteLine($"{translated.Count} of {GoldenCase.All.Length} cases");
        var absent = GoldenCase.All.Where(c => !translated.Contains(c)).GroupBy(c => c.Op).ToDictionary(g => g.Key, g => g.Count());
        foreach (var (op, count) in absent) log.WriteLine($"not there yet: {op}, {count} cases");

        Assert.DoesNotContain(absent.Keys, Translations.Has);
        Assert.All(absent.Keys, op => Assert.True(Waiting.ContainsKey(op) || op.StartsWith("unary_", StringComparison.Ordinal), op));
        Assert.All(absent.Keys, op => Assert.Null(typeof(Op).GetNestedType(Waiting.GetValueOrDefault(op, "none"))));
    }

    private static (Dictionary<string, Expr> Inputs, IReadOnlyList<Variant> Variants) Variants(GoldenCase c, IReadOnlyDictionary<string, Tensor<double>> arrays)
    {
        var inputs = c.Inputs.ToDictionary(name => name, name => Expr.Variable(name, arrays[$"in_{name}"].Shape));
        return (inputs, Translations.Of(new Source(c, name => inputs[name], arrays["out"].Sizes.ToArray())));
    }

    private static IEnumerable<string> Faults(GoldenCase c, IEvaluator evaluator, double tolerance)
    {
        var arrays = c.Load();
        var (inputs, variants) = Variants(c, arrays);
        // What was rounded to float32 is half a unit of its last place away from the truth.
        var allowed = c.Single ? Math.Max(tolerance, 1e-7) : tolerance;
        foreach (var variant in variants)
        {
            List<(string Name, Expr Value)> wanted = [("out", variant.Output)];
            var given = inputs.Select(i => (i.Value, arrays[$"in_{i.Key}"])).ToList();
            if (c.Gradients.Length > 0)
            {
                var seed = Expr.Variable("cotangent", variant.Output.Shape);
                given.Add((seed, arrays["cot"]));
                var gradients = Gradient.Of(variant.Output, c.Gradients.Select(g => inputs[g]), seed);
                wanted.AddRange(c.Gradients.Zip(gradients, (name, g) => ($"grad_{name}{variant.Suffix}", g)));
            }
            var found = evaluator.Evaluate([.. wanted.Select(w => w.Value)], given);
            for (var i = 0; i < wanted.Count; i++)
                if (Fault(c.Single ? found[i].Cast<float>().Cast<double>() : found[i], arrays[wanted[i].Name], allowed) is { } fault)
                    yield return $"{c} {wanted[i].Name}: {fault}";
        }
    }

    /// <summary>Where a value is further from the golden one than the tolerance times the largest finite golden value.</summary>
    internal static string? Fault(Tensor<double> found, Tensor<double> golden, double tolerance, double leastScale = 0)
    {
        if (!found.Sizes.SequenceEqual(golden.Sizes)) return $"has the shape {found.Shape}, not {golden.Shape}";
        var scale = golden.Span.ToArray().Where(double.IsFinite).Select(Math.Abs).Append(leastScale).Max();
        for (var i = 0; i < found.Length; i++)
        {
            var (f, g) = (found.Span[i], golden.Span[i]);
            if (double.IsNaN(g) ? !double.IsNaN(f) : double.IsInfinity(g) ? f != g : !(Math.Abs(f - g) <= tolerance * scale))
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {f:R}, not {g:R} (scale {scale:R})");
        }
        return null;
    }
}
