using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AutoDiffAE.Graph;

/// <summary>
/// A place in a method, kept as the method and an offset into it, which costs little at each expression built; the file and
/// line are looked up in the portable PDB only when somebody asks.
/// </summary>
public sealed record SourceLine(MethodBase Method, int Offset)
{
    private static readonly ConcurrentDictionary<Assembly, MetadataReaderProvider?> Symbols = new();

    /// <summary>Assemblies marked with this are the library's own: their frames are not what a user calls "my line".</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class LibraryAttribute : Attribute;

    private static readonly ConcurrentDictionary<Assembly, bool> IsLibrary = new();

    /// <summary>The innermost frame outside the library and the runtime.</summary>
    internal static SourceLine? OfCaller()
    {
        var trace = new StackTrace(2, false);
        for (var i = 0; i < trace.FrameCount; i++)
        {
            var frame = trace.GetFrame(i)!;
            if (frame.GetMethod() is { } method && !IsLibrary.GetOrAdd(method.Module.Assembly, Excluded))
                return new SourceLine(method, frame.GetILOffset());
        }
        return null;
    }

    private static bool Excluded(Assembly assembly) =>
        assembly.IsDefined(typeof(LibraryAttribute)) || (assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) ?? false);

    /// <summary>File and line, where the program's symbols are at hand.</summary>
    public (string File, int Line)? Resolve()
    {
        if (Symbols.GetOrAdd(Method.Module.Assembly, Open) is not { } provider) return null;
        var reader = provider.GetMetadataReader();
        var handle = MetadataTokens.MethodDefinitionHandle(Method.MetadataToken & 0xFFFFFF).ToDebugInformationHandle();
        var points = reader.GetMethodDebugInformation(handle).GetSequencePoints()
            .Where(p => !p.IsHidden && p.Offset <= Offset).ToImmutableArray();
        if (points.IsEmpty) return null;
        var point = points[^1];
        return (Path.GetFileName(reader.GetString(reader.GetDocument(point.Document).Name)), point.StartLine);
    }

    private static MetadataReaderProvider? Open(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0) return null;
        var path = Path.ChangeExtension(assembly.Location, ".pdb");
        return File.Exists(path) ? MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(path)) : null;
    }

    public override string ToString() => Resolve() is var (file, line) ? $"{file}:{line}" : $"{Method.DeclaringType?.Name}.{Method.Name}";
}
