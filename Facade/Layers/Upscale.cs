using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Each axis of space of (n, channels, space…) so many times as long.</summary>
public abstract record Upscale(UpscaleMode Mode) : Layer
{
    public override string Kind => "upscale";

    private protected abstract ImmutableArray<int> Factors { get; }

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Factors.All(f => f >= 1), name, input, $"factors of {Space.By(Factors)} cannot be had, 1 or more of each can");
        Require(input.Rank == Factors.Length + 2, name, input, Space.Wanted(Factors.Length));
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => Mode switch
    {
        UpscaleMode.Repeat => input.Repeat([.. Factors]),
        UpscaleMode.Linear => input.Upsample([.. Factors.Select(f => (double)f)], UpsampleMode.Linear),
        _ => Dilated(input),
    };

    /// <summary>y[i · factor] = x[i] within zeros.</summary>
    private Expr Dilated(Expr input)
    {
        int[] steps = [1, 1, .. Factors];
        return Expr.Of(new Op.Pad(
            input.Shape.Select((d, i) => new StridedRange(0, d, steps[i])).ToSequence(), new Shape([.. input.Shape.Select((d, i) => d * steps[i])])), input);
    }
}
