using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Optimizers;

/// <summary>An optimizer on the loss ½ Σ c p², whose gradient is c p: the values of p after each step, those at the start first.</summary>
internal static class Minimization
{
    public static readonly double[] Curvature = [1, 0.5, -0.25], Start = [1, -2, 3];

    public static double[][] Of(Func<Expr, Optimizer> optimizer, int steps) => Run<double>(optimizer, steps, null).Path;

    public static double[][] Of(Optimizer optimizer, int steps) => Of(_ => optimizer, steps);

    public static (double[][] Path, Store<T> Store, Recurrence Recurrence, Expr Parameter) Run<T>(Func<Expr, Optimizer> optimizer, int steps, IBackend? backend)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = Expr.Variable("p", 3);
        var loss = (0.5 * Expr.Constant(Tensor<double>.Of(Curvature, 3)) * p.Square()).Sum();
        var recurrence = optimizer(p).Of(loss, [p]);
        var store = new Store<T> { [p] = Tensor<double>.Of(Start, 3).Cast<T>() };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [loss], recurrence.Updates), store, backend);
        var path = ImmutableArray.CreateBuilder<double[]>();
        double[] Now() => store[p].Cast<double>().Span.ToArray();
        path.Add(Now());
        for (var i = 0; i < steps; i++)
        {
            step.Invoke([], [new Buffer<T>()]);
            path.Add(Now());
        }
        return ([.. path], store, recurrence, p);
    }

    /// <summary>The same by a recurrence of single numbers: from p, its gradient and the step, counted from 1, to the next p.</summary>
    public static double[][] ByHand(Func<Func<double, double, int, double>> recurrence, int steps)
    {
        var elements = Start.Zip(Curvature, (start, c) =>
        {
            var (p, next) = (start, recurrence());
            return Enumerable.Range(1, steps).Select(t => p = next(p, c * p, t)).Prepend(start).ToArray();
        }).ToList();
        return [.. Enumerable.Range(0, steps + 1).Select(t => elements.Select(e => e[t]).ToArray())];
    }
}
