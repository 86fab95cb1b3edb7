using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>How far a function's values on a device are from the processor's, in units of the last place, over numbers of all sizes.</summary>
/// <param name="Worst">The largest distance between finite values.</param>
/// <param name="At">The arguments where it is.</param>
/// <param name="Strangers">Arguments where one of the two is infinite or no number and the other is something else.</param>
internal sealed record DeviceAccuracy(string Function, double Worst, double[] At, IReadOnlyList<double[]> Strangers)
{
    private const double LargestAngle = 1e7;

    public static DeviceAccuracy Of<T>(ScalarFunction f, IBackend device) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arguments = Arguments(f);
        Expr[] variables = [.. Enumerable.Range(0, f.Arity).Select(i => Expr.Variable($"x{i}", "n"))];
        Tensor<T>[] given = [.. Enumerable.Range(0, f.Arity).Select(i => Tensor<double>.Of([.. arguments.Select(a => a[i])], arguments.Count).Cast<T>())];
        var computation = new Computation([.. variables], [Expr.Map(f, [.. variables])]);
        var wanted = Compiler.Compile<T>(computation, backend: new CpuBackend(1)).Invoke(given)[0];
        var found = Compiler.Compile<T>(computation, backend: device).Invoke(given)[0];
        var (worst, at, strangers) = (0.0, Array.Empty<double>(), new List<double[]>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var (w, v) = (wanted.Span[i], found.Span[i]);
            if (!T.IsFinite(w) || !T.IsFinite(v))
            {
                if (!(w == v || T.IsNaN(w) && T.IsNaN(v))) strangers.Add(arguments[i]);
                continue;
            }
            var distance = double.CreateTruncating(T.Abs(v - w) / Unit(w));
            if (distance > worst) (worst, at) = (distance, arguments[i]);
        }
        return new(f.Name, worst, at, strangers);
    }

    /// <summary>The unit of the last place, of what is less than normal the least normal one's.</summary>
    private static T Unit<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = typeof(T) == typeof(float) ? T.CreateTruncating(1.17549435E-38f) : T.CreateTruncating(2.2250738585072014E-308);
        var magnitude = T.Max(T.Abs(x), least);
        return T.BitIncrement(magnitude) is var next && T.IsFinite(next) ? next - magnitude : magnitude - T.BitDecrement(magnitude);
    }

    /// <summary>Numbers of every size and sign, those between which functions have their kinks, and those that are none.</summary>
    private static List<double[]> Arguments(ScalarFunction f)
    {
        double[] special = [0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e-40, -1e-40, 1e30, -1e30, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        double[] many = [.. special, .. Enumerable.Range(0, f.Arity == 1 ? 2000 : 60).SelectMany(i =>
        {
            var size = Math.Pow(10, -6 + 9.0 * i / (f.Arity == 1 ? 2000 : 60));
            return new[] { size, -size };
        })];
        IEnumerable<double[]> all = many.Select(x => new[] { x });
        for (var i = 1; i < f.Arity; i++) all = all.SelectMany(x => (f.Arity == 2 ? many : special).Select(y => (double[])[.. x, y]));
        // Beyond it a device takes an angle modulo a rounded 2π.
        if (f.Type == typeof(Sin) || f.Type == typeof(Cos) || f.Type == typeof(Tan)) all = all.Where(x => !(Math.Abs(x[0]) > LargestAngle && double.IsFinite(x[0])));
        if (f.Type == typeof(Polygamma)) all = all.Where(x => x[0] is 1 or 2 or 3);
        // What double cannot tell from its float neighbours is given to both alike.
        return [.. all.Select(x => x.Select(v => (double)(float)v).ToArray())];
    }
}
