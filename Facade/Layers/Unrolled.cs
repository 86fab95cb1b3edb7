using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// A recurrence over sequences (n, length, features), unrolled: its graph has a part for each step, so the length is a number. It begins with a state of
/// zeros. What the input adds to each gate, x W + b, is one product for all steps.
/// </summary>
/// <param name="Units">Of the state, at least 1.</param>
/// <param name="Last">Only the state after the last step is given, (n, units) (Lasagne's only_return_final); else that of each step, (n, length, units).</param>
/// <param name="Backwards">From the end to the beginning; states stand where their inputs do. The last step is then the first place.</param>
public abstract record Unrolled(int Units, bool Last, bool Backwards, Initializer? W, Initializer? U, Initializer? B) : Layer
{
    /// <summary>How many values a unit's input makes.</summary>
    private protected abstract int Gates { get; }

    /// <summary>The parameters besides W (features, gates · units), U (units, gates · units) and b (gates · units).</summary>
    private protected virtual ImmutableArray<(string Name, int Length)> Others => [];

    /// <summary>What a step keeps, the first part of which is its output.</summary>
    /// <param name="input">x W + b, (n, gates · units).</param>
    /// <param name="state">Each (n, units).</param>
    /// <param name="u">U.</param>
    /// <param name="others">The parameters besides.</param>
    private protected abstract ImmutableArray<Expr> Next(Expr input, ImmutableArray<Expr> state, Expr u, ImmutableArray<Expr> others);

    private protected virtual int Kept => 1;

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Units >= 1, name, input, $"{Units} units cannot be had, 1 or more can");
        Require(input.Rank == 3, name, input, "sequences (n, length, features) would fit");
        Require(input[1].Value is >= 1, name, input, "it is unrolled: a length (axis 1) that is a number, at least 1, would fit");
        return
        [
            Parameter.Of(name, "W", [Length(name, input, 2), Gates * Units], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "U", [Units, Gates * Units], U ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [Gates * Units], B ?? Init.Constant(0), Parameter.Bias),
            .. Others.Select(o => Parameter.Of(name, o.Name, [o.Length], Init.Constant(0), Parameter.Bias)),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p =>
        {
            var (n, length, width) = (input.Shape[0], (int)input.Shape[1].Value!.Value, Gates * Units);
            var gates = (p[0].Reshape(n * length, input.Shape[2]).MatMul(p[1]) + p[3]).Reshape(n, length, width);
            ImmutableArray<Expr> state = [.. Enumerable.Repeat(Formulas.Zeros(n, Units), Kept)];
            var outputs = new Expr[length];
            foreach (var step in Backwards ? Enumerable.Range(0, length).Reverse() : Enumerable.Range(0, length))
            {
                state = Next(gates.Slice(1, new StridedRange(step, 1)).Reshape(n, width), state, p[2], p[4..]);
                outputs[step] = state[0];
            }
            return Last ? state[0] : Formulas.Stack(outputs, 1);
        });

    /// <summary>Parts of (n, gates · units), a gate each.</summary>
    private protected ImmutableArray<Expr> Parts(Expr gates, int count) => gates.Split(count, 1);
}
