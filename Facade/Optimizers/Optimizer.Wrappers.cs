using AutoDiffAE.Graph;
using AutoDiffAE.Layers;

namespace AutoDiffAE.Optimizers;

// What is called last sees the gradients first and the new values last: Adam().WithWeightDecay(c).With(Clipping.ByGlobalNorm(1)) clips, then decays.
public abstract partial record Optimizer
{
    /// <summary>The learning rate times the schedule's factor of each step. The rate itself stays as it is, and can be set.</summary>
    public Optimizer With(Schedule schedule) => new ScheduledRate(this, schedule);

    /// <summary>Steps by other gradients: clipped ones, or with a penalty's added.</summary>
    public Optimizer With(GradientRule rule) => new RuledGradients(this, rule);

    /// <summary>L2 decay, coupled: see <see cref="WeightDecay.Coupled"/>.</summary>
    /// <param name="factor">λ, not negative.</param>
    /// <param name="on">The parameters that decay; by default those of two axes or more, which are weights and filters but neither biases nor scales.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or no number.</exception>
    public Optimizer WithWeightDecay(double factor, IEnumerable<Expr>? on = null) => new RuledGradients(this, WeightDecay.Coupled(factor, on));

    /// <summary>L2 decay, coupled, of the parameters with a tag.</summary>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or no number.</exception>
    public Optimizer WithWeightDecay(double factor, IEnumerable<Parameter> parameters, string tag = Parameter.Regularizable) =>
        WithWeightDecay(factor, parameters.Where(p => p.Tags.Contains(tag)).Select(p => p.Variable));

    /// <summary>Weight decay apart from the gradients: see <see cref="DecoupledDecay"/>. A schedule goes around it: the decay has the factors of those only.</summary>
    /// <param name="factor">λ, not negative.</param>
    /// <param name="on">The parameters that decay; by default those of two axes or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or no number.</exception>
    public Optimizer WithDecoupledDecay(double factor, IEnumerable<Expr>? on = null) => new DecoupledDecay(this, WeightDecay.Checked(factor), WeightDecay.Chosen(on));

    /// <summary>Momentum of the steps of an optimizer that has none: see <see cref="AddedMomentum"/>.</summary>
    public Optimizer WithMomentum(double decay = 0.9, bool nesterov = false) => new AddedMomentum(this, decay, nesterov);

    /// <summary>New values are put back to where the constraint holds.</summary>
    /// <param name="constraint">Of one parameter's new value.</param>
    /// <param name="on">The parameters that it is for; by default all.</param>
    public Optimizer Under(Constraint constraint, IEnumerable<Expr>? on = null) => new ConstrainedValues(this, constraint, on is null ? null : [.. on]);

    /// <summary>Keeps an exponential moving average of the parameters: see <see cref="ParameterAverages"/>.</summary>
    public Optimizer Averaged(double decay = 0.999) => new ParameterAverages(this, decay);
}
