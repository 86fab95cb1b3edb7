using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Two ways to find values agree, on outputs and on their gradients.</summary>
public static class AgreementLaw
{
    /// <summary>Within a tolerance of the largest value that was met on the way, since errors of that size are carried along.</summary>
    /// <param name="sample">Its inputs are rounded to what float32 holds, so that every precision is given the same numbers.</param>
    /// <param name="options">The evaluator whose values are right.</param>
    /// <param name="other">The one that is tried.</param>
    /// <param name="tolerance">Of the largest value.</param>
    /// <exception cref="LawException">They differ.</exception>
    public static void Holds(Sample sample, LawOptions options, IEvaluator other, double tolerance)
    {
        var draw = sample.Directions();
        List<(Expr Variable, Tensor<double> Value)> given = [.. sample.Inputs.Select(i => (i.Variable, Rounded(i.Value)))];
        var values = options.Evaluator.Evaluate(sample.Outputs, given);
        List<Expr> wanted = [.. sample.Outputs];
        for (var i = 0; i < sample.Outputs.Length; i++)
        {
            var seed = Expr.Variable($"seed{i}", sample.Outputs[i].Shape);
            given.Add((seed, Rounded(draw.Values(values[i].Sizes.ToArray(), draw.Signed))));
            wanted.AddRange(Tape.Of(sample.Outputs[i], sample.Wrt.Select(x => x.Variable), options.Pullbacks, seed).Results.OfType<Expr>());
        }
        var nodes = Traversal.Topological(wanted);
        var all = nodes.Zip(options.Evaluator.Evaluate(nodes, given)).ToDictionary(p => p.First, p => p.Second);
        var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
        foreach (var (expression, found) in wanted.Zip(other.Evaluate(wanted, given)))
            for (var j = 0; j < found.Length; j++)
                if (!(Math.Abs(found.Span[j] - all[expression].Span[j]) <= tolerance * scale))
                    throw new LawException($"element {j} of {expression} is {found.Span[j]:R}, not {all[expression].Span[j]:R} (the largest value is {scale:R})");
    }

    private static Tensor<double> Rounded(Tensor<double> x) => x.Cast<float>().Cast<double>();
}
