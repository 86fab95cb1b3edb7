using AutoDiffAE.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>One law, for every operation that exists. Each law is a class of its own, so that they run beside each other.</summary>
public abstract class OperationLawTest(Law law)
{
    internal static readonly IReadOnlyDictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_for(string operation) => law.Holds(Samplers[operation].Build, Oracle.Options);
}

public sealed class ValueLawTest() : OperationLawTest(Law.Value);

public sealed class SinglePrecisionLawTest() : OperationLawTest(Law.Single);

public sealed class GradientLawTest() : OperationLawTest(Law.Gradient);

public sealed class SecondDerivativeLawTest() : OperationLawTest(Law.Second);

public sealed class AdjointLawTest() : OperationLawTest(Law.Adjoint);

public sealed class ForwardModeLawTest() : OperationLawTest(Law.Forward);

public sealed class CotangentLawTest() : OperationLawTest(Law.Linearity);

public sealed class HessianLawTest() : OperationLawTest(Law.Symmetry);
