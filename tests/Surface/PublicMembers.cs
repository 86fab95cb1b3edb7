using System.Reflection;

namespace AutoDiffAE.Tests.Surface;

/// <summary>A type as its users see it: a line for itself, and one for each member that it declares and they can call or override.</summary>
internal static class PublicMembers
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What the compiler writes for records says nothing that the record's parameters do not.</summary>
    private static readonly HashSet<string> OfRecords = ["ToString", "GetHashCode", "Equals", "Deconstruct", "PrintMembers", "<Clone>$", "EqualityContract", "op_Equality", "op_Inequality"];

    public static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Name(type)}{Bases(type)}";
        var members = type.GetConstructors(Declared).Where(IsSeen).Where(c => c.GetParameters() is not [var only] || only.ParameterType != type).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName).Select(f => $"{f.Name}: {Name(f.FieldType)}"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsSeen) && !OfRecords.Contains(p.Name)).Select(p => $"{p.Name}{Index(p)}: {Name(p.PropertyType)}"))
            .Concat(type.GetMethods(Declared).Where(IsSeen).Where(m => (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !OfRecords.Contains(m.Name) && !m.Name.Contains('<'))
                .Select(m => $"{(m.IsStatic ? "static " : "")}{m.Name}{Generic(m.GetGenericArguments())}({Parameters(m)}): {Name(m.ReturnType)}"));
        foreach (var member in members.Order(StringComparer.Ordinal)) yield return $"    {member}";
    }

    private static bool IsSeen(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Bases(Type type)
    {
        var own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => !i.Name.StartsWith("IEquatable", StringComparison.Ordinal) && (i.IsPublic || i.IsNestedPublic)).Select(Name).Order(StringComparer.Ordinal);
        string[] all = [.. type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? new[] { Name(b) } : [], .. own];
        return all.Length == 0 ? "" : $" : {string.Join(", ", all)}";
    }

    private static string Index(PropertyInfo p) => p.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(i => Name(i.ParameterType)))}]" : "";

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? "?" : "")}"));

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsPointer) return $"{Name(type.GetElementType()!)}*";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (type.IsGenericParameter) return type.Name;
        var own = type.Name.Split('`')[0] + Generic(type.GetGenericArguments());
        return type.IsNested ? $"{Name(type.DeclaringType!)}.{own}" : type.Namespace?.StartsWith("AutoDiffAE", StringComparison.Ordinal) == true ? $"{type.Namespace}.{own}" : own;
    }
}
