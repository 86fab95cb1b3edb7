using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>A named formula over parameters: a mean, a softmax, a layer. Its body mentions no other variable.</summary>
public sealed class Definition
{
    /// <param name="name">The word that prints.</param>
    /// <param name="parameters">Variables.</param>
    /// <param name="body">A graph over them.</param>
    /// <param name="adjoints">What takes the place of the chain rule: see <see cref="Adjoints"/>.</param>
    /// <param name="options">What is printed behind the arguments: see <see cref="Options"/>.</param>
    /// <exception cref="ArgumentException">The body mentions a variable that is not a parameter.</exception>
    /// <exception cref="ShapeException">There is not one adjoint for each parameter, or one's shapes are others.</exception>
    public Definition(
        string name, ImmutableArray<Expr> parameters, Expr body, ImmutableArray<Definition?> adjoints = default, string? options = null)
    {
        (Name, Parameters, Body, Adjoints, Options) = (name, parameters, body, adjoints, options);
        var free = Traversal.Variables([body]).Except(parameters).FirstOrDefault();
        if (free is not null)
            throw new ArgumentException($"the definition {name} mentions {Printer.Short(free)}, which is not one of its parameters");
        if (adjoints.IsDefault) return;
        if (adjoints.Length != parameters.Length)
            throw new ShapeException($"{name} has {parameters.Length} parameters and cotangents for {adjoints.Length}");
        ImmutableArray<Shape> taken = [.. parameters.Select(p => p.Shape), body.Shape, body.Shape];
        foreach (var (parameter, adjoint) in parameters.Zip(adjoints))
            if (adjoint is not null && !(adjoint.Shape == parameter.Shape && adjoint.Parameters.Select(p => p.Shape).SequenceEqual(taken)))
                throw new ShapeException($"the cotangent that {name} gives to {Printer.Short(parameter)} {parameter.Shape} has the shape {adjoint.Shape}, from ({string.Join(", ", adjoint.Parameters.Select(p => p.Shape))})");
    }

    public string Name { get; }

    public ImmutableArray<Expr> Parameters { get; }

    public Expr Body { get; }

    /// <summary>
    /// For each parameter the definition of its cotangent over (parameters…, y, dy), y being the value and dy its cotangent; null where
    /// it is disconnected. Default (not given) when the chain rule through the body is what holds.
    /// </summary>
    public ImmutableArray<Definition?> Adjoints { get; }

    /// <summary>
    /// For a definition that the language knows by name, what follows the arguments when it is printed; null for others, whose body is
    /// printed with them. Where it names the arguments' places, as in <c>"ij,jk->ik", {0}, {1}</c>, it is all that stands in the parentheses.
    /// </summary>
    public string? Options { get; }

    /// <summary>One node that stands for <paramref name="body"/> of the arguments.</summary>
    public static Expr Apply(string name, ImmutableArray<Expr> args, Func<ImmutableArray<Expr>, Expr> body, string? options = null)
    {
        ImmutableArray<Expr> parameters = [.. args.Select((a, i) => Expr.Variable(a.Origin.Name ?? $"p{i}", a.Shape))];
        return Expr.Of(new Op.Call(new Definition(name, parameters, body(parameters), options: options)), args);
    }

    /// <summary>The same with a pullback that takes the place of the chain rule: from (arguments, y, dy) a cotangent for each argument, linear in
    /// dy; null where one is disconnected.</summary>
    /// <exception cref="ShapeException">A cotangent has another shape than its argument.</exception>
    public static Expr Apply(
        string name, ImmutableArray<Expr> args, Func<ImmutableArray<Expr>, Expr> body,
        Func<ImmutableArray<Expr>, Expr, Expr, ImmutableArray<Expr?>> pullback, string? options = null)
    {
        ImmutableArray<Expr> parameters = [.. args.Select((a, i) => Expr.Variable(a.Origin.Name ?? $"p{i}", a.Shape))];
        var value = body(parameters);
        var (y, dy) = (Expr.Variable("y", value.Shape), Expr.Variable("dy", value.Shape));
        ImmutableArray<Definition?> adjoints = [.. pullback(parameters, y, dy)
            .Select(dx => dx is null ? null : new Definition($"{name}_pullback", [.. parameters, y, dy], dx))];
        return Expr.Of(new Op.Call(new Definition(name, parameters, value, adjoints, options)), args);
    }

    /// <summary>A definition of which some arguments may be left out; those that are given print with their keywords.</summary>
    internal static Expr Apply(
        string name, ImmutableArray<Expr> args, ImmutableArray<(string Keyword, Expr? Value)> optional,
        Func<ImmutableArray<Expr>, ImmutableArray<Expr?>, Expr> body, string options)
    {
        var given = optional.Where(o => o.Value is not null).ToList();
        ImmutableArray<Expr?> Placed(ImmutableArray<Expr> p) =>
            [.. optional.Select(o => o.Value is null ? null : p[args.Length + given.FindIndex(g => g.Keyword == o.Keyword)])];
        var spelled = Language.Keywords.Of(
            [.. args.Select((_, i) => $"{{{i}}}"), options.Length > 0 ? options : null, .. given.Select((g, i) => $"{g.Keyword}={{{args.Length + i}}}")]);
        return Apply(name, [.. args, .. given.Select(g => g.Value!)], p => body(p[..args.Length], Placed(p)), spelled);
    }

    /// <summary>The body with the parameters replaced.</summary>
    public Expr Expand(ImmutableArray<Expr> args) =>
        Traversal.Substitute([Body], Parameters.Zip(args).ToDictionary(p => p.First, p => p.Second))[0];

    /// <summary>The shape of the body for arguments of the parameters' shapes.</summary>
    public Shape Shape => Body.Shape;
}
