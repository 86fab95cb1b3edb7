using System.Text.Json;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Golden;

internal static class Products
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["matmul"] = s => s.A.Rank == 2 && s.B.Rank == 2 ? [s.A.MatMul(s.B), Formulas.Einsum("ij,jk", s.A, s.B), Formulas.Dot(s.A, s.B)] : [s.A.MatMul(s.B)],
        ["expr a @ b.T"] = s => [s.A.MatMul(s.B.Transpose())],
        ["expr a.T @ b.T"] = s => [s.A.Transpose().MatMul(s.B.Transpose())],
        ["tensordot"] = s => [Formulas.TensorDot(s.A, s.B, s.Case.Table("axes")[0], s.Case.Table("axes")[1])],
        ["conv2d"] = s => [Convolve(s)],
    };

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
