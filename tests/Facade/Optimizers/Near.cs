using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

internal static class Near
{
    /// <summary>Each number within the tolerance of what is expected, times its size where that is more than 1.</summary>
    public static void All(IEnumerable<double> expected, IEnumerable<double> found, double tolerance)
    {
        Assert.Equal(expected.Count(), found.Count());
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * Math.Max(1, Math.Abs(pair.First))));
    }
}
