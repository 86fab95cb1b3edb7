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

    /// <summary>
    /// Weight decay apart from the gradients: p := next(p) - r λ p with the learning rate r, as <see cref="AdamW"/> has it. The decay falls with a schedule that is
    /// put around this, not with one inside.
    /// </summary>
    /// <param name="factor">λ, not negative.</param>
    /// <param name="on">The parameters that decay; by default those of two axes or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or no number.</exception>
    public Optimizer WithDecoupledDecay(double factor, IEnumerable<Expr>? on = null) => new DecoupledDecay(this, WeightDecay.Checked(factor), WeightDecay.Chosen(on));

    /// <summary>Momentum m of the steps d of an optimizer that has none: v := m v + d, p := p + v, or Nesterov's p := p + m v + d with the new v.</summary>
    public Optimizer WithMomentum(double decay = 0.9, bool nesterov = false) => new AddedMomentum(this, decay, nesterov);

    /// <summary>New values are put back to where the constraint holds.</summary>
    /// <param name="constraint">Of one parameter's new value.</param>
    /// <param name="on">The parameters that it is for; by default all.</param>
    public Optimizer Under(Constraint constraint, IEnumerable<Expr>? on = null) => new ConstrainedValues(this, constraint, on is null ? null : [.. on]);

    /// <summary>
    /// Keeps of each parameter the exponential moving average Σ dᵗ⁻ⁱ pᵢ / Σ dᵗ⁻ⁱ of its values after steps 1, 2, …, t, as the variable <c>ema/NAME</c>;
    /// <see cref="Recurrence.Averaged"/> evaluates with it.
    /// </summary>
    /// <param name="decay">d, in [0, 1): averages go back over about 1 / (1 - d) steps.</param>
    public Optimizer Averaged(double decay = 0.999) => new ParameterAverages(this, decay);
}
