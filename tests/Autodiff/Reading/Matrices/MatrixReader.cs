using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Golden;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading.Matrices;

/// <summary>A matrix form read back from its text.</summary>
internal static class MatrixReader
{
    /// <summary>It has the gradient's shape and values, to 1e-12 of the largest number on the way, and its own matrix form is itself.</summary>
    public static void Agrees(MatrixForm form, Expr gradient, IReadOnlyList<(Expr Variable, Tensor<double> Value)> values)
    {
        var read = Read(form, gradient, values);
        Assert.Equal(gradient.Shape, read.Shape);
        var all = Oracle.EvaluateAll([gradient, read], values);
        var scale = all.Values.SelectMany(v => v.Span.ToArray()).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        Assert.Null(GoldenTest.Fault(all[read], all[gradient], 1e-12, scale) is { } fault ? $"{form.Text}\nof {gradient}\n{fault}" : null);
    }

    public static Expr Read(MatrixForm form, Expr gradient, IEnumerable<(Expr Variable, Tensor<double> Value)> values)
    {
        var known = new Dictionary<string, Expr>(Printer.Variables(gradient));
        // A size may be named that no variable of the gradient has.
        foreach (var (variable, _) in values) known.TryAdd($"{Printer.Short(variable)} of the sample", variable);
        return Parser.Parse(form.Text, known);
    }
}
