namespace AutoDiffAE.Data;

/// <summary>What images of blobs are like.</summary>
/// <param name="Least">The smallest number of circles in an image; every number from Least to Most is as likely.</param>
/// <param name="SmallestRadius">In pixels; drawn uniformly between the two.</param>
/// <param name="Noise">The deviation of Gaussian noise on each pixel, in units of 0 to 255; the sum is clipped to that range.</param>
/// <param name="Overlap">Whether circles may overlap; even then no centre lies within another circle, so that each can be seen.</param>
/// <param name="Gap">Pixels at least between two circles that may not overlap; from 1.5 on they are apart at half brightness.</param>
public sealed record BlobOptions(
    int Height = 28,
    int Width = 28,
    int Least = 0,
    int Most = 4,
    double SmallestRadius = 3,
    double LargestRadius = 6,
    double Noise = 0,
    bool Overlap = false,
    double Gap = 2)
{
    /// <summary>These options, if images can be made by them.</summary>
    /// <exception cref="DataException">They contradict each other, or so many circles cannot fit.</exception>
    internal BlobOptions Checked()
    {
        if (Height < 1 || Width < 1) throw Refuse($"an image of {Height} by {Width} pixels", "at least 1 by 1");
        if (Least < 0 || Most < Least) throw Refuse($"{Least} to {Most} circles", "0 <= least <= most");
        if (!(SmallestRadius > 0 && SmallestRadius <= LargestRadius))
            throw Refuse($"radii from {SmallestRadius} to {LargestRadius}", "0 < smallest <= largest");
        if (!(2 * LargestRadius <= Math.Min(Height, Width)))
            throw Refuse($"a radius of {LargestRadius} in {Height} by {Width} pixels", $"at most {Math.Min(Height, Width) / 2.0}");
        if (!(Noise >= 0 && double.IsFinite(Noise))) throw Refuse($"a noise of {Noise}", "0 or more");
        if (!(Gap >= 0 && double.IsFinite(Gap))) throw Refuse($"a gap of {Gap}", "0 or more");
        return Overlap || Most <= Room ? this
            : throw Refuse($"up to {Most} circles of radius {SmallestRadius} and more in {Height} by {Width} pixels", $"at most {Room}");
    }

    // Equal discs in a convex region cover at most pi / sqrt(12) of it (Groemer 1960); half the gap belongs to each disc.
    private int Room => (int)Math.Min(int.MaxValue, (Height + Gap) * (Width + Gap) / (Math.Sqrt(12) * Math.Pow(SmallestRadius + Gap / 2, 2)));

    private static DataException Refuse(FormattableString found, string expected) =>
        new($"blobs: {FormattableString.Invariant(found)} asked for, {expected} expected");
}
