using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// A layer of your own in place: any formula of the input, with parameters that it names where it uses them.
/// <code>new Expression((x, parameter) => x * x.MatMul(parameter("W", [10, 10])).Sigmoid(), "gate")</code>
/// Parameters of two axes or more are regularizable, others are biases.
/// </summary>
/// <param name="Formula">Asks for the same parameters whenever it is asked.</param>
public sealed record Expression(Func<Expr, NewParameter, Expr> Formula, string Kind = "expression") : Layer
{
    /// <summary>A formula without parameters.</summary>
    public Expression(Func<Expr, Expr> formula, string kind = "expression") : this((x, _) => formula(x), kind) { }

    public override string Kind { get; } = Kind;

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        var declared = new OrderedDictionary<string, Parameter>();
        Formula(Expr.Variable("input", input), (parameter, shape, initial) =>
        {
            Require(shape.IsConcrete, name, input, $"its parameter {parameter} needs lengths that are numbers, not {shape}");
            Require(!declared.TryGetValue(parameter, out var known) || known.Variable.Shape == shape, name, input,
                $"its parameter {parameter} of the shape {shape} was of another one before, {known?.Variable.Shape}");
            if (known is null)
                declared.Add(parameter, known = Parameter.Of(name, parameter, [.. shape.Select(d => (int)d.Value!.Value)],
                    initial ?? (shape.Rank >= 2 ? Init.GlorotUniform() : Init.Constant(0)), shape.Rank >= 2 ? Parameter.Regularizable : Parameter.Bias));
            return known.Variable;
        });
        return [.. declared.Values];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters)
    {
        var names = parameters.Select(p => p.Origin.Name![(p.Origin.Name!.LastIndexOf('/') + 1)..]).ToList();
        return Definition.Apply(Kind, [input, .. parameters], p => Formula(p[0], (name, _, _) => names.IndexOf(name) is >= 0 and var at
            ? p[at + 1]
            : throw new ArgumentException($"{Kind} asks for a parameter {name} that it did not ask for when it was described, of an input of shape {input.Shape}")));
    }
}
