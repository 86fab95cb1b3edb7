using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Initializers;

/// <summary>Orthonormal vectors in a random position, each rotation as likely as any other.</summary>
internal static class Orthonormal
{
    /// <summary>
    /// Rows of length n, at most n of them, row-major: Gram and Schmidt's procedure on normal draws, each row made orthogonal twice, which is enough for what
    /// rounding leaves (L. Giraud, J. Langou, M. Rozložník, 2005). The triangular factor has a positive diagonal, so that the rows are Haar distributed
    /// (F. Mezzadri, 2007).
    /// </summary>
    public static double[] Rows(Key key, int rows, int n)
    {
        var q = new double[rows * n];
        Philox.Normal(key, q);
        for (var i = 0; i < rows; i++)
        {
            var row = q.AsSpan(i * n, n);
            for (var sweep = 0; sweep < 2; sweep++)
                for (var j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> other = q.AsSpan(j * n, n);
                    var along = Dot(other, row);
                    for (var k = 0; k < n; k++) row[k] -= along * other[k];
                }
            var length = Math.Sqrt(Dot(row, row));
            foreach (ref var value in row) value /= length;
        }
        return q;
    }

    /// <summary>Eight sums side by side and then one, on every processor: weights are a function of the key alone.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector512<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector512<double>>(b);
        var sums = Vector512<double>.Zero;
        for (var i = 0; i < x.Length; i++) sums += x[i] * y[i];
        var sum = 0.0;
        for (var i = 0; i < Vector512<double>.Count; i++) sum += sums[i];
        for (var i = x.Length * Vector512<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
