using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Data;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Cli;

/// <summary>Answers questions on one device; what is compiled once serves all questions that are alike.</summary>
internal sealed class Evaluator(IBackend backend)
{
    private const int MostKept = 256;

    private readonly Dictionary<string, Func<Arrays, ImmutableArray<(string, StoredArray)>>> _compiled = new(StringComparer.Ordinal);

    /// <summary>Results by key: out, grad_x for each gradient, jvp, hvp_x for each direction; of type float32 or float64.</summary>
    /// <exception cref="SyntaxException">The text is no expression of these arrays.</exception>
    /// <exception cref="UsageException">What is asked does not fit the expression or the arrays.</exception>
    /// <exception cref="DataException">An array cannot be read.</exception>
    public ImmutableArray<(string Key, StoredArray Value)> Answer(Question question, Arrays arrays, bool single)
    {
        var key = $"{single}\n{question.KeyFor(arrays)}";
        if (!_compiled.TryGetValue(key, out var function))
        {
            if (_compiled.Count == MostKept) _compiled.Clear();
            _compiled.Add(key, function = Plainly(() => single ? Compile<float>(question, arrays) : Compile<double>(question, arrays)));
        }
        return Plainly(() => function(arrays));
    }

    /// <summary>Where the first number that is not finite comes from; null where all are. The results' keys, then what was found.</summary>
    /// <exception cref="SyntaxException">The text is no expression of these arrays.</exception>
    /// <exception cref="UsageException">What is asked does not fit the expression or the arrays.</exception>
    /// <exception cref="DataException">An array cannot be read.</exception>
    public (ImmutableArray<string> Keys, NonFiniteTrace? Trace) Trace(Question question, Arrays arrays, bool single) =>
        Plainly(() => single ? Traced<float>(question, arrays) : Traced<double>(question, arrays));

    private (ImmutableArray<string>, NonFiniteTrace?) Traced<T>(Question question, Arrays arrays) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (formula, function) = Compiled<T>(question, arrays);
        Tensor<T>[] values = [.. formula.Inputs.Select(i => arrays[i.Array].As<T>())];
        return ([.. formula.Results.Select(r => r.Key)], function.TraceNonFinite(values));
    }

    /// <summary>What an argument that does not fit says is all that a person needs: an index outside its axis, a step that is no whole number.</summary>
    private static R Plainly<R>(Func<R> ask)
    {
        try
        {
            return ask();
        }
        catch (ArgumentException e) when (e is not ShapeException)
        {
            throw new UsageException(e.Message);
        }
    }

    private Func<Arrays, ImmutableArray<(string, StoredArray)>> Compile<T>(Question question, Arrays arrays) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (formula, function) = Compiled<T>(question, arrays);
        return given =>
        {
            Tensor<T>[] values = [.. formula.Inputs.Select(i => given[i.Array].As<T>())];
            return [.. formula.Results.Zip(function.Invoke(values), (r, v) => (r.Key, StoredArray.Of(v)))];
        };
    }

    private (Formula, Function<T>) Compiled<T>(Question question, Arrays arrays) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var formula = Formula.Of(question, arrays);
        return (formula, Compiler.Compile<T>(new Computation([.. formula.Inputs.Select(i => i.Variable)], [.. formula.Results.Select(r => r.Value)]), backend: backend));
    }
}
