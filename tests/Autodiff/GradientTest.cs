using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Every operation that exists, against finite differences; none can be added without a sampler.</summary>
public sealed class GradientTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    public static TheoryData<string> Linear => [.. Samplers.Values.Where(s => s.Linearity != Linearity.None).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_what_differences_say(string operation) =>
        Case.ForAll(d => GradientLaw.First(Samplers[operation].Build(d), d, Oracle.Options));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_of_the_gradient_is_what_differences_of_it_say(string operation) =>
        Case.ForAll(d => GradientLaw.Second(Samplers[operation].Build(d), d, Oracle.Options));

    [Theory]
    [MemberData(nameof(Linear))]
    public void The_pullback_of_a_linear_operation_is_its_adjoint(string operation) =>
        Case.ForAll(d => AdjointLaw.Holds(Samplers[operation].Build(d), Samplers[operation].Linearity, d, Oracle.Options));

    [Fact]
    public void Every_case_of_the_union_has_a_sampler()
    {
        var sampled = Samplers.Values.Select(s => s.Case).ToHashSet();
        var missing = typeof(Op).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !sampled.Contains(t)).Select(t => t.Name);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_scalar_function_of_the_assembly_is_found()
    {
        Assert.Contains(ScalarFunction.Unary<Sigmoid>(), ScalarSamplers.Functions);
        Assert.Contains(ScalarFunction.Binary<Larger>(), ScalarSamplers.Functions);
        Assert.Contains(ScalarFunction.Ternary<Where>(), ScalarSamplers.Functions);
        Assert.Equal(ScalarSamplers.Functions.Length, ScalarSamplers.Functions.Select(f => f.Name).Distinct().Count());
    }
}
