using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

/// <summary>What a derivation says is what the tape does: each equation, evaluated as it is printed, and the last line, read back.</summary>
public sealed class DerivationTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Operations => [.. Samplers.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Each_equation_of_every_operation_says_what_the_tape_does(string operation)
    {
        foreach (var seed in Enumerable.Range(0, 3)) Holds(Sample.Of(new Case(seed, 3), d => [Samplers[operation].Build(d)]));
    }

    [Fact]
    public void So_do_those_of_random_graphs()
    {
        foreach (var seed in Enumerable.Range(0, 100)) Holds(Sample.Of(new Case(seed, 1 + seed % 4), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)));
    }

    private static void Holds(Sample sample)
    {
        var tape = Tape.Of(sample.Y.Sum(), sample.Wrt.Select(x => x.Variable));
        var derivation = Derivation.Of(tape);
        var contributions = tape.Steps.SelectMany(s => s.Contributions).OfType<Expr>().Concat(tape.Steps.Select(s => s.Cotangent));
        var values = Oracle.EvaluateAll([.. derivation.Names.Keys, .. contributions], [.. sample.Inputs.Select(i => (i.Variable, i.Value))]);
        var nodes = derivation.Names.ToDictionary(n => n.Value, n => (n.Key.Shape, Value: values[n.Key]));
        var variables = nodes.ToDictionary(n => n.Key, n => Expr.Variable(n.Key, n.Value.Shape));
        var scale = values.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        foreach (var step in derivation.Steps)
        {
            var named = new Dictionary<string, Expr>(variables) { [step.Cotangent] = Expr.Variable(step.Cotangent, step.Step.Node.Shape) };
            List<(Expr, Tensor<double>)> given = [.. named.Select(v => (v.Value, v.Key == step.Cotangent ? values[step.Step.Cotangent] : nodes[v.Key].Value))];
            foreach (var where in step.Where) named.Add(where.Name, Fitting(Parser.Parse(where.Formula, named), where.Node.Shape));
            foreach (var equation in step.Equations)
            {
                var found = Oracle.Evaluate(Fitting(Parser.Parse(equation.Formula, named), equation.Value.Shape), given);
                var fault = Golden.GoldenTest.Fault(AsTold(found, values[equation.Value]), values[equation.Value], 1e-12, scale);
                Assert.True(fault is null, $"{string.Concat(step.Where.Select(w => $"{w.Name} = {w.Formula}; "))}{equation}: {fault}");
            }
        }
        foreach (var gradient in derivation.Gradients)
        {
            LawsHold(gradient, [.. sample.Inputs.Select(i => (i.Variable, i.Value))]);
            if (gradient.Formula.Contains('…', StringComparison.Ordinal)) continue;
            // A size may be named that no variable of the gradient has.
            var known = new Dictionary<string, Expr>(Printer.Variables(gradient.Simplified));
            foreach (var input in sample.Inputs) known.TryAdd($"{Printer.Short(input.Variable)} of the sample", input.Variable);
            var parsed = Fitting(Parser.Parse(gradient.Formula, known), gradient.Variable.Shape);
            var read = Oracle.EvaluateAll([parsed, gradient.Simplified], [.. sample.Inputs.Select(i => (i.Variable, i.Value))]);
            var largest = read.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
            Assert.Null(Golden.GoldenTest.Fault(AsTold(read[parsed], read[gradient.Simplified]), read[gradient.Simplified], 1e-12, largest) is { } fault ? $"{gradient.Formula}: {fault}" : null);
        }
        // Every sum over a broadcast, every accumulation and every kink that the tape has is told.
        var notes = derivation.Steps.SelectMany(s => s.Notes).ToList();
        Assert.Equal(tape.Steps.Count(s => s.Node.Op is Op.BroadcastTo), notes.Count(n => n.StartsWith("sum over", StringComparison.Ordinal)));
        var received = tape.Steps.SelectMany(s => s.Node.Args.Zip(s.Contributions).Where(a => a.Second is not null && derivation.Cotangents.ContainsKey(a.First)).Select(a => a.First)).ToList();
        Assert.Equal(received.Count - received.Distinct().Count(), notes.Count(n => n.Contains("is used again", StringComparison.Ordinal)));
        foreach (var step in derivation.Steps)
        {
            List<Expr> within = step.Equations.IsEmpty ? [] : [.. Within(step.Step.Node)];
            bool Told(string part) => step.Notes.Any(n => n.Contains(part, StringComparison.Ordinal));
            Assert.Equal(within.Any(e => e.Op is Op.Map { Function: { Arity: 1, Kinks.Count: > 0 } }), Told("is taken to be"));
            Assert.Equal(within.Any(e => e.Op is Op.Maximum), Told("where several elements are the maximum"));
            Assert.Equal(within.Any(e => e.Op is Op.Map { Function: var f } && (f.Type == typeof(Larger) || f.Type == typeof(Smaller))), Told("where both are equal"));
        }
        var latex = string.Join("\n", DerivationLatex.Lines(derivation));
        Assert.Equal(latex.Count(c => c == '{'), latex.Count(c => c == '}'));
        Assert.DoesNotMatch(@"_\{[^{}]*\}\}?_|\^\{[^{}]*\}\^", latex); // TeX refuses a second subscript.
        Assert.Equal(latex.Split(@"\left").Length, latex.Split(@"\right").Length);
        Assert.Equal(latex.Split(@"\begin").Length, latex.Split(@"\end").Length);
        Assert.All(DerivationText.Lines(derivation, 80).Concat(DerivationText.Markdown(derivation)).Concat(DerivationDot.Lines(derivation)), line => Assert.DoesNotContain('\n', line));
    }

    /// <summary>Every use of a law that simplifies the gradient leaves its value.</summary>
    private static void LawsHold(DerivedGradient gradient, List<(Expr, Tensor<double>)> inputs)
    {
        if (gradient.Laws.Count == 0) return;
        var values = Oracle.EvaluateAll(gradient.Laws.SelectMany(f => new[] { f.Before, f.After }), inputs);
        var scale = values.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        foreach (var law in gradient.Laws)
        {
            var fault = Golden.GoldenTest.Fault(AsTold(values[law.After], values[law.Before]), values[law.Before], 1e-12, scale);
            Assert.True(fault is null, $"{law}: {fault}");
        }
    }

    /// <summary>What the chain rule goes through: of a definition without a pullback of its own, its body.</summary>
    private static IEnumerable<Expr> Within(Expr e) => e.Op is not Op.Call { Definition: var definition } ? [e]
        : definition.Adjoints.IsDefault ? Traversal.Topological([definition.Body], node => node.Op is Op.StopGradient).SelectMany(Within)
        : [];

    /// <summary>A cotangent of 0 times what is no number is 0: a formula writes the chain rule's product as a product.</summary>
    private static Tensor<double> AsTold(Tensor<double> found, Tensor<double> tape) =>
        Tensor<double>.Of([.. found.Span.ToArray().Zip(tape.Span.ToArray(), (f, v) => double.IsNaN(f) && v == 0 ? 0 : f)], found.Sizes.ToArray());

    /// <summary>What is written as a number stands for an array of it.</summary>
    private static Expr Fitting(Expr read, Shape shape) => read.Shape == shape ? read : read.BroadcastTo(shape);

    /// <summary>Nothing is quadratic: for ten times as many operations as much more is made, and not a hundred times.</summary>
    [Fact]
    public void Ten_thousand_operations_are_derived_with_as_much_work_each_as_a_thousand()
    {
        static long Allocated(int operations)
        {
            var (x, y) = (Expr.Variable("x", 4), (Expr)Expr.Variable("y", 4));
            for (var i = 0; i < operations; i++) y = i % 2 == 0 ? y.Tanh() : y + x;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var lines = DerivationText.Lines(Derivation.Of(y.Sum(), x)).Count();
            Assert.True(lines > 4 * operations, $"{lines} lines");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        var (few, many) = (Allocated(1000), Allocated(10_000));
        Assert.True(many < 20 * few, $"{few} and {many} bytes");
    }

    [Fact]
    public void Colours_do_not_move_a_column()
    {
        var derivation = Derivation.Of(Expr.Variable("x", "n", 3).Softmax(1).Square().Sum(), []);
        string Painted(TextRole role, string text) => $"<{role}>{text}</{role}>";
        var painted = string.Join("\n", DerivationText.Lines(derivation, 60, Painted));
        Assert.Contains("<Shape>(n, 3)</Shape>", painted, StringComparison.Ordinal);
        Assert.Equal(string.Join("\n", DerivationText.Lines(derivation, 60)), System.Text.RegularExpressions.Regex.Replace(painted, "</?[A-Z][a-z]+>", ""));
    }

    [Fact]
    public void A_least_square_is_written_as_mathematics_writes_it()
    {
        var (x, w, y) = (Expr.Variable("x", "n", 3), Expr.Variable("w", 3, 4), Expr.Variable("y_1", "n", 4));
        var lines = DerivationLatex.Lines(Derivation.Of((x.MatMul(w) - y).Square().Sum(), w)).ToList();
        Assert.Contains(@"  a_{1} &= p_{1} - y_{1} && \in \mathbb{R}^{n \times 4} \\", lines);
        Assert.Contains(@"    \bar{w} &\mathrel{=} x^{\top} \bar{p}_{1} && \in \mathbb{R}^{3 \times 4}", lines);
        Assert.Equal(@"\overline{\mathrm{cost}}", Latex.Bar(Latex.Name("cost")));
        Assert.Equal(@"\mathrm{velocity}_{\mathrm{of\_w}}", Latex.Name("velocity_of_w"));
    }

    [Fact]
    public void A_layer_is_told_as_it_is_taught()
    {
        var (x, w, b) = (Expr.Variable("x", "n", 3), Expr.Variable("w", 3, 4), Expr.Variable("b", 4));
        var text = string.Join("\n", DerivationText.Lines(Derivation.Of((x.MatMul(w) + b).Tanh().Square().Sum(), w, b), 72));
        Assert.Equal("""
            forward
              p1     = x @ w                                                  (n, 4)
              b_wide = broadcast_to(b, (n, 4))                                (n, 4)
              a1     = p1 + b_wide                                            (n, 4)
              h1     = tanh(a1)                                               (n, 4)
              h2     = square(h1)                                             (n, 4)
              cost   = sum(h2, axis=(0, 1))                                       ()

            backward
              dcost = 1

              1. cost = sum(h2, axis=(0, 1))                                     sum
                 y = Σ x: each summand receives dy
                   dh2 = broadcast_to(dcost, (n, 4))                          (n, 4)

              2. h2 = square(h1)                                              square
                 y = square(x): dx = dy * (2 * x)
                   dh1 = dh2 * (2 * h1)                                       (n, 4)

              3. h1 = tanh(a1)                                                  tanh
                 y = tanh(x): dx = dy * (1 - y * y)
                   da1 = dh1 * (1 - h1 * h1)                                  (n, 4)

              4. a1 = p1 + b_wide                                                add
                 y = a + b: da = dy, db = dy
                   dp1 = da1                                                  (n, 4)
                   db_wide = da1                                              (n, 4)

              5. b_wide = broadcast_to(b, (n, 4))                          broadcast
                 y repeats x: dx is the sum of dy over the copies
                   db = sum(db_wide, axis=0)                                     (4)
                   (sum over axis 0 because b was broadcast from (4) to (n, 4))

              6. p1 = x @ w                                                   matmul
                 Y = A @ B: dA = dY @ Bᵀ, dB = Aᵀ @ dY
                   dw = permute(x, (1, 0)) @ dp1                              (3, 4)
            """.ReplaceLineEndings("\n"), text[..text.IndexOf("\n\ngradient", StringComparison.Ordinal)]);
    }
}
