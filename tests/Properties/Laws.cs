using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>
/// Checks an operation of your own in one line: <c>Laws.Hold&lt;MySoftsign&gt;()</c> for a scalar function,
/// <c>Laws.Hold(x => x.MySoftsign())</c> for one of any shape, <c>Laws.Hold(("x", ["n", 4]), x => MyUnpool(x))</c> where shapes matter.
/// Each of <see cref="Law.All"/> is tried on random samples, and the smallest that breaks one is thrown as C#.
/// </summary>
public static class Laws
{
    /// <summary>A scalar function of one, two or three numbers, at values within its domain and away from its kinks.</summary>
    /// <typeparam name="F">A struct that implements <see cref="IUnaryFunction"/>, <see cref="IBinaryFunction"/> or <see cref="ITernaryFunction"/>.</typeparam>
    /// <exception cref="LawException">A law is broken.</exception>
    /// <exception cref="ArgumentException">The type is no scalar function.</exception>
    public static void Hold<F>(LawOptions? options = null) where F : struct
    {
        var function = ScalarSamplers.Of(typeof(F)) ?? throw new ArgumentException($"{typeof(F)} implements none of IUnaryFunction, IBinaryFunction and ITernaryFunction");
        Each(options ?? LawOptions.Default, ScalarSamplers.Sampler(function).Build);
    }

    /// <summary>A function of one array of any shape.</summary>
    /// <exception cref="LawException">A law is broken.</exception>
    public static void Hold(Func<Expr, Expr> op, LawOptions? options = null) => Each(Pardoning(options), d => op(d.Input(d.Lengths())));

    /// <summary>A function of two arrays of one shape.</summary>
    /// <exception cref="LawException">A law is broken.</exception>
    public static void Hold(Func<Expr, Expr, Expr> op, LawOptions? options = null) =>
        Each(Pardoning(options), d => d.Lengths() is var lengths ? op(d.Input(lengths), d.Input(lengths)) : throw new InvalidOperationException());

    /// <summary>A function of an array of the given shape, whose named sizes are bound to numbers from 1 to 4.</summary>
    /// <exception cref="LawException">A law is broken.</exception>
    public static void Hold((string Name, Shape Shape) x, Func<Expr, Expr> op, LawOptions? options = null) => Hold([x], args => op(args[0]), options);

    /// <summary>A function of two arrays of the given shapes.</summary>
    /// <exception cref="LawException">A law is broken.</exception>
    public static void Hold((string Name, Shape Shape) x, (string Name, Shape Shape) y, Func<Expr, Expr, Expr> op, LawOptions? options = null) =>
        Hold([x, y], args => op(args[0], args[1]), options);

    /// <summary>A function of arrays of the given shapes.</summary>
    /// <exception cref="LawException">A law is broken.</exception>
    public static void Hold(IReadOnlyList<(string Name, Shape Shape)> inputs, Func<IReadOnlyList<Expr>, Expr> op, LawOptions? options = null) =>
        Each(Pardoning(options), d => op([.. inputs.Select(i => d.Input(i.Name, i.Shape))]));

    /// <summary>Where the kinks are is stated by scalar functions only.</summary>
    private static LawOptions Pardoning(LawOptions? options) => (options ?? LawOptions.Default) with { SkipKinks = true };

    private static void Each(LawOptions options, Func<Draw, Expr> build)
    {
        foreach (var law in Law.All)
        {
            try
            {
                law.Holds(build, options);
            }
            catch (LawException e)
            {
                throw new LawException($"broken: {law}\n{e.Message}", e.InnerException);
            }
        }
    }
}
