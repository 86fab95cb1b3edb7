using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>A sample as C# that builds it by the public formulas and checks its gradient: to be pasted into a test.</summary>
internal sealed class CSharp
{
    private static readonly ImmutableDictionary<Type, string> Infix = new Dictionary<Type, string>
    {
        [typeof(Add)] = "+",
        [typeof(Subtract)] = "-",
        [typeof(Multiply)] = "*",
        [typeof(Divide)] = "/",
    }.ToImmutableDictionary();

    private readonly StringBuilder _lines = new();
    private readonly Dictionary<Expr, string> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly string _indent;
    private int _values;

    private CSharp(string indent, int values) => (_indent, _values) = (indent, values);

    public static string Of(Sample s)
    {
        var code = new CSharp("", 0);
        foreach (var input in s.Inputs)
        {
            var label = ((Op.Variable)input.Variable.Op).Label;
            var name = code._texts[input.Variable] = Identifier(label);
            code.Line($"var {name} = Expr.Variable({Literal(label)}{string.Concat(input.Variable.Shape.Select(d => $", {Literal(d)}"))});");
        }
        var names = s.Outputs.Select((_, i) => i == 0 ? "result" : $"result{i}").ToList();
        foreach (var (text, name) in code.Block(s.Outputs).Zip(names)) code.Line($"Expr {name} = {text};");
        code.Line($"(Expr, Tensor<double>)[] values = [{string.Join(", ", s.Inputs.Select(i => $"({code._texts[i.Variable]}, {Literal(i.Value)})"))}];");
        foreach (var name in names)
            code.Line($"GradientCheck.Of({name}, [{string.Join(", ", s.Wrt.Select(i => code._texts[i.Variable]))}], values).ThrowIfFailed();");
        return code._lines.ToString().TrimEnd();
    }

    private static string Identifier(string label) => $"@{System.Text.RegularExpressions.Regex.Replace(label, @"\W", "_")}" is var name && Keywords.Contains(name[1..]) ? name : name[1..];

    private static readonly ImmutableHashSet<string> Keywords = ["in", "out", "base", "this", "params", "ref", "is", "as", "new", "double", "int", "float"];

    private void Line(string text) => _lines.Append(CultureInfo.InvariantCulture, $"{_indent}{text}\n");

    /// <summary>A line for each value that is used twice; the rest stands within the texts.</summary>
    private IReadOnlyList<string> Block(IReadOnlyList<Expr> roots)
    {
        var order = Traversal.Topological(roots);
        var uses = order.SelectMany(e => Read(e)).Concat(roots).GroupBy(e => e, (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance)
            .ToDictionary(g => g.Key, g => g.Count(), (IEqualityComparer<Expr>)ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            if (_texts.ContainsKey(node)) continue;
            var text = Text(node);
            if (uses.GetValueOrDefault(node) > 1 && node.Op is not (Op.Literal or Op.Variable))
            {
                var name = $"v{++_values}";
                Line($"var {name} = {text};");
                text = name;
            }
            _texts[node] = text;
        }
        return [.. roots.Select(r => _texts[r])];
    }

    /// <summary>The arguments as they are written: a broadcast that the formula makes again is left out.</summary>
    private static ImmutableArray<Expr> Read(Expr node)
    {
        if (node.Op is not Op.Map) return node.Args;
        ImmutableArray<Expr> inner = [.. node.Args.Select(a => a.Op is Op.BroadcastTo ? a.Args[0] : a)];
        return Broadcast.Common(inner.Select(a => a.Shape)) is { } shape && shape == node.Shape ? inner : node.Args;
    }

    /// <summary>As a receiver or argument, where a bare number would not be an expression.</summary>
    private string At(Expr e) => e.Op is Op.Literal ? $"((Expr){_texts[e]})" : _texts[e];

    private string Text(Expr node)
    {
        var args = Read(node);
        string Of(string method, params IEnumerable<string> more) => $"{At(args[0])}.{method}({string.Join(", ", more)})";
        return node.Op switch
        {
            Op.Variable v => $"Expr.Variable(\"{v.Label}\"{string.Concat(v.Shape.Select(d => $", {Literal(d)}"))})",
            Op.Literal l => Literal(l.Value),
            Op.Constant c => $"Expr.Constant({Literal(c.Value)})",
            Op.SizeOf s => $"Formulas.SizeOf({Literal(s.Length)})",
            Op.Map { Function: var f } when Infix.TryGetValue(f.Type, out var sign) => $"({(args[1].Op is Op.Literal ? At(args[0]) : _texts[args[0]])} {sign} {_texts[args[1]]})",
            Op.Map { Function: var f } when f.Type == typeof(Negate) => $"(-{At(args[0])})",
            Op.Map { Function: var f } when Formula(f) is { } method => method.IsDefined(typeof(ExtensionAttribute))
                ? Of(method.Name, args.Skip(1).Select(At))
                : $"Formulas.{method.Name}({string.Join(", ", args.Select(At))})",
            Op.Map { Function: var f } => $"Expr.Call<{TypeName(f.Type)}>({string.Join(", ", args.Select(At))})",
            Op.Sum { Axes: { Count: > 0 } axes } => Of("Sum", Literal(axes)),
            Op.Maximum { Axes: { Count: > 0 } axes } m => Of("Max", Literal(axes), $"ties: {Literal(m.Ties)}"),
            Op.MatMul when args.All(a => a.Rank >= 2) => Of("MatMul", At(args[1])),
            Op.Reshape r => Of("Reshape", Literal(r.Target)),
            Op.BroadcastTo b => Of("BroadcastTo", Literal(b.Target)),
            Op.Permute p => Of("Permute", Literal(p.Order)),
            Op.Slice s => Of("Slice", Literal(s.Ranges)),
            Op.Concatenate c => $"Formulas.Concatenate([{string.Join(", ", args.Select(At))}], {c.Axis})",
            Op.StopGradient => Of("StopGradient"),
            Op.Call c => Definition(c.Definition, args),
            _ => $"Expr.Of({Literal(node.Op)}{string.Concat(args.Select(a => $", {At(a)}"))})",
        };
    }

    private string Definition(Definition definition, ImmutableArray<Expr> args)
    {
        var body = new CSharp($"{_indent}    ", _values);
        foreach (var (parameter, i) in definition.Parameters.Select((p, i) => (p, i))) body._texts[parameter] = $"p[{i}]";
        var result = body.Block([definition.Body])[0];
        var options = definition.Options is { } o ? $", {Literal(o)}" : "";
        var note = definition.Adjoints.IsDefault ? "" : " /* its own pullback is not written here */";
        var block = body._lines.Length == 0 ? result : $"\n{_indent}{{\n{body._lines}{_indent}    return {result};\n{_indent}}}";
        return $"Definition.Apply({Literal(definition.Name)}, [{string.Join(", ", args.Select(At))}], p => {block}{options}){note}";
    }

    /// <summary>The formula that makes just this function's node.</summary>
    private static MethodInfo? Formula(ScalarFunction f)
    {
        Expr[] dummies = [.. Enumerable.Range(0, f.Arity).Select(i => Expr.Variable($"p{i}"))];
        return typeof(Formulas).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == typeof(Expr) && m.GetParameters() is var p && p.Length == f.Arity && p.All(x => x.ParameterType == typeof(Expr)))
            .FirstOrDefault(m => (m.Name == f.Type.Name || m.Name is "Maximum" or "Minimum")
                && m.Invoke(null, dummies) is Expr { Op: Op.Map made } e && made.Function == f && e.Args.SequenceEqual(dummies));
    }

    private static string TypeName(Type type) => type.Assembly == typeof(Op).Assembly ? type.Name : $"global::{type.FullName!.Replace('+', '.')}";

    /// <summary>A value as it is written in C#; a record by its constructor.</summary>
    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double d => d.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(c => char.IsDigit(c) || c == '-') ? $"{text}.0" : text,
        string s => $"\"{s.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        Enum e => $"{e.GetType().Name}.{e}",
        Dim { Value: { } number } => number.ToString(CultureInfo.InvariantCulture),
        Dim { Name: { } name } => $"\"{name}\"",
        Dim d => Polynomial(d),
        Shape shape => $"Shape.Of({string.Join(", ", shape.Select(d => Literal(d)))})",
        Tensor<double> t => $"Tensor<double>.Of([{string.Join(", ", t.Span.ToArray().Select(v => Literal(v)))}]{string.Concat(t.Sizes.ToArray().Select(n => $", {n}"))})",
        Axes axes => $"[{string.Join(", ", axes)}]",
        System.Collections.IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Literal))}]",
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Constructed(value),
    };

    private static string Constructed(object value)
    {
        var type = value.GetType();
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => type.GetProperty(p.Name!) is not null)).MaxBy(c => c.GetParameters().Length);
        var name = type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        return $"new {name}({string.Join(", ", constructor?.GetParameters().Select(p => Literal(type.GetProperty(p.Name!)!.GetValue(value))) ?? [])})";
    }

    /// <summary>2*n+1 is 2*(Dim)"n"+1.</summary>
    private static string Polynomial(Dim d) => System.Text.RegularExpressions.Regex.Replace(
        System.Text.RegularExpressions.Regex.Replace($"{d}", @"floor\(([^/]+)/(\d+)\)", "Dim.FloorDivide($1, $2)"),
        @"(?<![\w.])(?!Dim\b)[A-Za-z_]\w*", "(Dim)\"$0\"");
}
