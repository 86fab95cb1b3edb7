using System.Globalization;

namespace AutoDiffAE.Cli;

/// <summary>
/// Numbers written alike and to one width, by numpy's rules: with exponents where the largest is at least 1e8, the least below
/// 1e-4, or they are more than 1000 times apart. Each has as many digits as tell it from its neighbours.
/// </summary>
internal static class NumberColumn
{
    /// <summary>What stands before the point, behind it, and after the digits; all before the point where there is no point.</summary>
    private readonly record struct Parts(string Whole, string? Fraction = null, string Exponent = "");

    public static string[] Of(double[] values, bool single)
    {
        var sizes = values.Where(v => double.IsFinite(v) && v != 0).Select(Math.Abs).Order().ToArray();
        var exponents = sizes.Length > 0 && (sizes[^1] >= 1e8 || sizes[0] < 1e-4 || sizes[^1] / sizes[0] > 1000);
        Parts[] parts = [.. values.Select(v => Of(v, single, exponents))];
        var places = parts.Select(p => p.Fraction?.Length ?? 0).DefaultIfEmpty(0).Max();
        string[] texts = [.. parts.Select(p => p.Fraction is null ? p.Whole : $"{p.Whole}.{p.Fraction.PadRight(places, exponents ? '0' : ' ')}{p.Exponent}")];
        var width = texts.Select(t => t.Length).DefaultIfEmpty(0).Max();
        return [.. texts.Select(t => t.PadLeft(width))];
    }

    private static Parts Of(double value, bool single, bool exponents)
    {
        if (!double.IsFinite(value)) return new(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        var sign = double.IsNegative(value) ? "-" : "";
        var (digits, point) = Digits(Math.Abs(value), single);
        if (exponents)
        {
            var power = value == 0 ? 0 : point - 1;
            return new(sign + digits[..1], digits[1..], string.Create(CultureInfo.InvariantCulture, $"e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}"));
        }
        return point <= 0 ? new($"{sign}0", new string('0', -point) + digits.TrimEnd('0'))
            : digits.Length <= point ? new(sign + digits.PadRight(point, '0'), "")
            : new(sign + digits[..point], digits[point..]);
    }

    /// <summary>The fewest digits that come back to the value, which is 0.digits times 10 to the power of point.</summary>
    private static (string Digits, int Point) Digits(double value, bool single)
    {
        var text = single ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, power) = text.Split('E') is [var m, var e] ? (m, int.Parse(e, CultureInfo.InvariantCulture)) : (text, 0);
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return digits.Length == 0 ? ("0", 1) : (digits.TrimEnd('0'), dot + power - (all.Length - digits.Length));
    }
}
