using System.Runtime.Loader;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Autodiff;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>The package as its user has it: a line checks an operation, and a fault comes back small and as C#.</summary>
public sealed class LawsTest
{
    private static readonly LawOptions Few = LawOptions.Default with { Cases = 10 };

    public readonly struct MySoftsign : IUnaryFunction
    {
        public static string Name => "my_softsign";
        public static V Apply<V>(V x) where V : IReal<V> => x / (1 + V.Abs(x));
        public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / ((1 + V.Abs(x)) * (1 + V.Abs(x)));
        public static ReadOnlySpan<double> Kinks => [0];
    }

    public readonly struct WrongSoftsign : IUnaryFunction
    {
        public static string Name => "wrong_softsign";
        public static V Apply<V>(V x) where V : IReal<V> => x / (1 + V.Abs(x));
        public static V Derivative<V>(V x, V y) where V : IReal<V> => 1 / (1 + V.Abs(x));
        public static ReadOnlySpan<double> Kinks => [0];
    }

    [Fact]
    public void A_scalar_function_is_checked_in_one_line()
    {
        Laws.Hold<MySoftsign>(Few);
        Laws.Hold<Hypot>(Few);
        var broken = Assert.Throws<LawException>(() => Laws.Hold<WrongSoftsign>(Few));
        Assert.Contains("broken: the gradient is what differences say", broken.Message, StringComparison.Ordinal);
        Assert.Contains("the rule to blame is that of wrong_softsign", broken.Message, StringComparison.Ordinal);
        Assert.Contains("Expr.Call<global::AutoDiffAE.Tests.LawsTest.WrongSoftsign>(", broken.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Laws.Hold<DateTime>());
    }

    [Fact]
    public void So_is_a_function_of_any_shape_or_of_given_ones()
    {
        Laws.Hold(x => x / (1 + x.Abs()), Few);
        Laws.Hold((x, y) => x.Tanh() * y - y.Square(), Few);
        Laws.Hold(("x", ["n", 4]), x => x.Repeat(2, 3), Few);
        Laws.Hold(("x", ["n", 3]), ("w", [3, 2]), (x, w) => x.MatMul(w).Tanh(), Few);
        Laws.Hold([("x", ["n"]), ("y", ["n"]), ("z", [])], a => a[0] * a[1] + a[2], Few);
    }

    [Fact]
    public void A_wrong_pullback_is_named_with_its_argument_and_both_numbers()
    {
        var square = CustomOp.Unary("my_square", x => x.Square(), (x, _, dy) => dy * x);
        var message = Assert.Throws<LawException>(() => Laws.Hold(("x", ["n", 4]), x => square.Apply(x).Sin(), Few)).Message;
        Assert.Contains("the rule to blame is that of my_square", message, StringComparison.Ordinal);
        Assert.Contains("differences: x[", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_within_a_random_graph_shrinks_to_the_operation_at_fault()
    {
        var options = Oracle.Options with { SkipKinks = true, Pullbacks = new Planted("tanh", 0, (_, dx) => dx * 1.01) };
        Sample? smallest = null;
        var broken = Assert.Throws<LawException>(() => Case.ForAll(
            c => Sample.Of(c, d => GraphDraw.Graph(d, smooth: true, options.Evaluator)), new Shrinking(options.Evaluator).Smaller, s =>
            {
                try { Law.Gradient.Check(s, options); }
                catch (LawException) { smallest = s; throw; }
            }, 100));
        Assert.Contains(".Tanh()", broken.Message, StringComparison.Ordinal);
        Assert.Contains("the rule to blame is that of tanh", broken.Message, StringComparison.Ordinal);
        Assert.Equal("tanh", smallest!.Y.Op.Name);
        Assert.Equal([], smallest.Y.Shape);
        Assert.IsType<Op.Variable>(smallest.Y.Args[0].Op);
    }

    [Fact]
    public void What_is_smaller_is_smaller_and_what_shrinks_ends()
    {
        var shrinking = new Shrinking(Oracle.Options.Evaluator);
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var sample = Sample.Of(new Case(seed, 3), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator));
            for (var next = sample; next is not null; next = shrinking.Smaller(next).FirstOrDefault())
            {
                Assert.True(next == sample || Shrinking.Measure(next).CompareTo(Shrinking.Measure(sample)) < 0);
                sample = next;
            }
            Assert.True(Shrinking.Measure(sample).Item1 <= 2, $"{sample}");
        }
    }

    [Fact]
    public void The_text_of_a_sample_is_C_sharp_that_builds_it()
    {
        List<Sample> samples = [.. Enumerable.Range(0, 60).Select(seed => Sample.Of(new Case(seed, 3), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)))];
        var methods = samples.Select((s, i) =>
            $"public static (Expr, (Expr, Tensor<double>)[]) Case{i}()\n{{\n{string.Join('\n', $"{s}".Split('\n').Where(l => !l.StartsWith("GradientCheck", StringComparison.Ordinal)))}\nreturn (result, values);\n}}");
        var code = $"using AutoDiffAE; using AutoDiffAE.Graph; using AutoDiffAE.Scalars; using AutoDiffAE.Shapes; using AutoDiffAE.Tensors;\npublic static class Pasted {{\n{string.Join('\n', methods)}\n}}";
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create("Pasted", [CSharpSyntaxTree.ParseText(code)], libraries, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly);
        var lines = code.Split('\n');
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.GetMessage(null)}: {lines[d.Location.GetLineSpan().StartLinePosition.Line]}")));
        var pasted = new AssemblyLoadContext("pasted", isCollectible: true).LoadFromStream(new MemoryStream(assembly.ToArray())).GetType("Pasted")!;
        for (var i = 0; i < samples.Count; i++)
        {
            var (y, at) = ((Expr, (Expr, Tensor<double>)[]))pasted.GetMethod($"Case{i}")!.Invoke(null, null)!;
            var expected = Oracle.Evaluate(samples[i].Y, samples[i].Inputs.Select(x => (x.Variable, x.Value)));
            Assert.Equal(expected.Span.ToArray(), Oracle.Evaluate(y, at).Span.ToArray());
        }
    }
}
