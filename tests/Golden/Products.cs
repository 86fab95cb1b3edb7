using System.Text.Json;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Golden;

internal static class Products
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["matmul"] = s => [s.A.MatMul(s.B)],
        ["expr a @ b.T"] = s => [s.A.MatMul(s.B.Transpose())],
        ["expr a.T @ b.T"] = s => [s.A.Transpose().MatMul(s.B.Transpose())],
        ["tensordot"] = s => [TensorDot(s.A, s.B, s.Case.Table("axes"))],
        ["conv2d"] = s => [Convolve(s)],
    };

    private static Expr TensorDot(Expr a, Expr b, int[][] axes)
    {
        var (kept, keptB) = (Enumerable.Range(0, a.Rank).Except(axes[0]).ToArray(), Enumerable.Range(0, b.Rank).Except(axes[1]).ToArray());
        var inner = axes[0].Aggregate((Shapes.Dim)1, (n, axis) => n * a.Shape[axis]);
        var left = a.Permute([.. kept, .. axes[0]]).Reshape(-1, inner);
        var right = b.Permute([.. axes[1], .. keptB]).Reshape(inner, -1);
        return left.MatMul(right).Reshape(new Shapes.Shape([.. kept.Select(i => a.Shape[i]), .. keptB.Select(i => b.Shape[i])]));
    }

    private static Expr Convolve(Source s)
    {
        var c = s.Case;
        var (x, w) = (s.X, s.Variable("w"));
        var (strides, dilations) = (c.Integers("subsample"), c.Integers("filter_dilation"));
        var border = c.Attributes.GetProperty("border_mode");
        int Padding(int axis)
        {
            var reach = dilations[axis] * ((int)w.Shape[axis + 2].Value! - 1);
            return border.ValueKind switch
            {
                JsonValueKind.Number => border.GetInt32(),
                JsonValueKind.Array => border[axis].GetInt32(),
                _ => border.GetString() switch { "full" => reach, "half" => (reach + 1) / 2, _ => 0 },
            };
        }
        var windows = Enumerable.Range(0, 2).Select(i => new WindowAxis(strides[i], dilations[i], Padding(i), Padding(i)));
        var y = x.Convolve(w, windows, c.Integers("num_groups")[0], c.Flag("filter_flip"));
        return c.Inputs.Contains("b") ? y + s.B.Reshape(s.B.Shape[0], 1, 1) : y;
    }
}
