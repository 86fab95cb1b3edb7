using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>A named formula over parameters: a mean, a softmax, a layer. Its body mentions no other variable.</summary>
public sealed class Definition
{
    /// <exception cref="ArgumentException">The body mentions a variable that is not a parameter.</exception>
    public Definition(string name, ImmutableArray<Expr> parameters, Expr body, string? options = null)
    {
        (Name, Parameters, Body, Options) = (name, parameters, body, options);
        var free = Traversal.Variables([body]).Except(parameters).FirstOrDefault();
        if (free is not null)
            throw new ArgumentException($"the definition {name} mentions {Printer.Short(free)}, which is not one of its parameters");
    }

    public string Name { get; }

    public ImmutableArray<Expr> Parameters { get; }

    public Expr Body { get; }

    /// <summary>
    /// For a definition that the language knows by name, what follows the arguments when it is printed; null for others, whose body is
    /// printed with them.
    /// </summary>
    public string? Options { get; }

    /// <summary>One node that stands for <paramref name="body"/> of the arguments.</summary>
    public static Expr Apply(string name, ImmutableArray<Expr> args, Func<ImmutableArray<Expr>, Expr> body, string? options = null)
    {
        ImmutableArray<Expr> parameters = [.. args.Select((a, i) => Expr.Variable(a.Origin.Name ?? $"p{i}", a.Shape))];
        return Expr.Of(new Op.Call(new Definition(name, parameters, body(parameters), options)), args);
    }

    /// <summary>The body with the parameters replaced.</summary>
    public Expr Expand(ImmutableArray<Expr> args) =>
        Traversal.Substitute([Body], Parameters.Zip(args).ToDictionary(p => p.First, p => p.Second, (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance))[0];

    /// <summary>The shape of the body for arguments of the parameters' shapes.</summary>
    public Shape Shape => Body.Shape;
}
