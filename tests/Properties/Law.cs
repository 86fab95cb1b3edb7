using System.Collections.Immutable;

namespace AutoDiffAE.Properties;

/// <summary>What holds of every expression and its derivatives, at values where it is smooth.</summary>
/// <param name="Name">The law as a sentence.</param>
/// <param name="Check">Throws <see cref="LawException"/> where a sample breaks it.</param>
public sealed record Law(string Name, Action<Sample, LawOptions> Check)
{
    public static readonly Law Value = new("what compiles has the formula's value", (s, o) => AgreementLaw.Holds(s, o, new Compiled<double>(), 1e-12));

    public static readonly Law Single = new("in single precision too", (s, o) => AgreementLaw.Holds(s, o, new Compiled<float>(), 2e-5));

    public static readonly Law Gradient = new("the gradient is what differences say", (s, o) => GradientLaw.First(s.Y, s.Directions(), o));

    public static readonly Law Second = new("the gradient's gradient is what differences of it say", (s, o) => GradientLaw.Second(s.Y, s.Directions(), o));

    public static readonly Law Adjoint = new("the pullback is the adjoint of the pushforward", (s, o) => PushforwardLaw.Adjoint(s.Y, s.Directions(), o));

    public static readonly Law Forward = new("a tangent pushed forward is two pullbacks", (s, o) => PushforwardLaw.Forward(s.Y, s.Directions(), o));

    public static readonly Law Linearity = new("the pullback is linear in the cotangent", (s, o) => CotangentLaw.Holds(s.Y, s.Directions(), o));

    public static readonly Law Symmetry = new("the Hessian is symmetric", (s, o) => SymmetryLaw.Holds(s.Y, s.Directions(), o));

    public static readonly ImmutableArray<Law> All = [Value, Single, Gradient, Second, Adjoint, Forward, Linearity, Symmetry];

    /// <summary>Checks random samples of every seed, and throws on the smallest that breaks the law.</summary>
    /// <exception cref="LawException">A sample breaks it.</exception>
    public void Holds(Func<Draw, Graph.Expr> build, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        Case.ForAll(c => Sample.Of(c, d => [build(d)]), new Shrinking(given.Evaluator).Smaller, s => Check(s, given), given.Cases);
    }

    public override string ToString() => Name;
}
