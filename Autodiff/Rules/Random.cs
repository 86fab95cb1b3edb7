using AutoDiffAE.Graph;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>What is drawn does not vary with anything.</summary>
    public virtual Pullback Uniform(Op.Uniform op) => new("uniform", (_, _) => [null]);
}

public partial class Pushforwards
{
    public virtual Pushforward Uniform(Op.Uniform op) => Leaf("uniform");
}
