using System.Globalization;
using System.Text;

namespace AutoDiffAE.Graph;

/// <summary>Writes an expression as a person would: infix operators, names, and a <c>let</c> for each value that is used twice.</summary>
public static class Printer
{
    private const int Atomic = 4;

    private static readonly Dictionary<string, (string Symbol, int Level)> Infix = new()
    {
        ["add"] = ("+", 1),
        ["sub"] = ("-", 1),
        ["mul"] = ("*", 2),
        ["chain"] = ("*", 2),
        ["div"] = ("/", 2),
        ["matmul"] = ("@", 2),
    };

    public static string Print(Expr root)
    {
        var order = Traversal.Topological([root]);
        var uses = order.SelectMany(e => e.Args).GroupBy(a => a, ReferenceEqualityComparer.Instance).ToDictionary(g => g.Key!, g => g.Count(), ReferenceEqualityComparer.Instance);
        var texts = new Dictionary<Expr, (string Text, int Level)>(ReferenceEqualityComparer.Instance);
        var lets = new StringBuilder();
        var names = new HashSet<string>(order.Where(e => e.Op is Op.Variable).Select(e => e.Origin.Name!), StringComparer.Ordinal);
        foreach (var node in order)
        {
            var written = Write(node, i => texts[node.Args[i]]);
            if (node != root && node.Args.Length > 0 && node.Op is not Op.BroadcastTo && uses[node] > 1)
            {
                var name = Fresh(node.Origin.Name ?? $"v{names.Count}", names);
                lets.Append(CultureInfo.InvariantCulture, $"let {name} = {written.Text}\n");
                written = (name, Atomic);
            }
            texts[node] = written;
        }
        return $"{lets}{texts[root].Text}";
    }

    private static string Fresh(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 1; !taken.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }

    /// <summary>A few words for a message: the user's name where there is one.</summary>
    public static string Short(Expr e) => e.Origin.Name ?? e.Op switch
    {
        Op.Literal l => Number(l.Value),
        Op.Variable v => v.Label,
        Op.BroadcastTo => Short(e.Args[0]),
        _ => $"{e.Op.Name}({string.Join(", ", e.Args.Select(a => a.Origin.Name ?? (a.Args.IsEmpty ? Short(a) : "…")))})",
    };

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static (string Text, int Level) Write(Expr node, Func<int, (string Text, int Level)> arg)
    {
        string Arg(int i, int level) => arg(i).Level >= level ? arg(i).Text : $"({arg(i).Text})";
        string Call(string name, params IEnumerable<string> options) =>
            $"{name}({string.Join(", ", node.Args.Select((_, i) => arg(i).Text).Concat(options))})";

        if (Infix.TryGetValue(node.Op.Name, out var infix))
            return ($"{Arg(0, infix.Level)} {infix.Symbol} {Arg(1, infix.Level + 1)}", infix.Level);
        return node.Op switch
        {
            Op.Variable v => (v.Label, Atomic),
            Op.Literal l => (Number(l.Value), l.Value < 0 ? 3 : Atomic),
            Op.Constant c => (c.Value.Length == 1 ? Number(c.Value.Value) : $"constant{c.Value.Shape}", Atomic),
            Op.SizeOf s => ($"size({s.Length})", Atomic),
            Op.Map { Function.Name: "neg" } => ($"-{Arg(0, 3)}", 3),
            Op.BroadcastTo => arg(0),
            Op.Sum s => (Call("sum", $"axis={s.Axes}"), Atomic),
            Op.Maximum m => (Call("max", $"axis={m.Axes}"), Atomic),
            Op.MaximumIndicator m => (Call("max_indicator", $"axis={m.Axes}"), Atomic),
            Op.Reshape r => (Call("reshape", $"{r.Target}"), Atomic),
            Op.Permute p => (Call("permute", $"{p.Order}"), Atomic),
            Op.Slice s => (Call("slice", $"{s.Ranges}"), Atomic),
            Op.Pad p => (Call("pad", $"{p.Ranges}", $"{p.Target}"), Atomic),
            Op.Concatenate c => (Call("concat", $"axis={c.Axis}"), Atomic),
            Op.Convolution c => (Call(c.Name, c.Form.Flip ? ["flip=true"] : []), Atomic),
            _ => (Call(node.Op.Name), Atomic),
        };
    }
}
