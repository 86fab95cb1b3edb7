using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>The rooms of the house: what may know what, and how large a file is.</summary>
public sealed partial class ArchitectureTest
{
    private static readonly string Root = Above(AppContext.BaseDirectory);

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "AutoDiffAE.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);

    private static readonly (string Path, string Text)[] Sources =
        [.. new[] { "Core", "Autodiff", "Gpu", "Facade" }.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Root, p), "*.cs", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj"))
            .Select(f => (f, File.ReadAllText(Path.Combine(Root, f))))];

    [Theory]
    [InlineData("Core/AutoDiffAE.Core.csproj", "")]
    [InlineData("Autodiff/AutoDiffAE.Autodiff.csproj", "Core")]
    [InlineData("Gpu/AutoDiffAE.Gpu.csproj", "Core")]
    [InlineData("Facade/AutoDiffAE.Facade.csproj", "Autodiff Gpu")]
    [InlineData("Facade/Cli/AutoDiffAE.Cli.csproj", "Facade")]
    [InlineData("tests/Properties/AutoDiffAE.FsCheck.csproj", "Autodiff Core")]
    [InlineData("tests/Benchmarks/AutoDiffAE.Benchmarks.csproj", "Autodiff Core")]
    public void Projects_refer_one_way(string project, string allowed)
    {
        var references = XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!).Split('.')[^1]).Order();
        Assert.Equal(allowed, string.Join(' ', references));
    }

    /// <summary>Each folder of Core, and the folders that it may name; what lies beside the folders may name them all.</summary>
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Shapes"] = [],
        ["Tensors"] = ["Shapes"],
        ["Scalars"] = ["Shapes"],
        ["Graph"] = ["Shapes", "Tensors", "Scalars"],
        ["Rewriting"] = ["Shapes", "Tensors", "Scalars", "Graph"],
        ["Planning"] = ["Shapes", "Tensors", "Scalars", "Graph", "Rewriting"],
        ["Profiling"] = ["Shapes", "Tensors", "Scalars", "Graph", "Rewriting", "Planning"],
        ["Tracing"] = ["Shapes", "Tensors", "Scalars", "Graph", "Rewriting", "Planning"],
        ["Cpu"] = ["Shapes", "Tensors", "Scalars", "Graph", "Rewriting", "Planning", "Profiling"],
    };

    [Fact]
    public void Core_is_built_floor_upon_floor()
    {
        var folders = Directory.GetDirectories(Path.Combine(Root, "Core")).Select(Path.GetFileName).Where(f => f is not ("bin" or "obj"));
        Assert.Empty(folders.Except(Floors.Keys));
        var wrong =
            from source in Sources
            where source.Path.StartsWith("Core/", StringComparison.Ordinal)
            let folder = source.Path.Split('/')[1]
            where Floors.ContainsKey(folder)
            from name in Floors.Keys
            where name != folder && !Floors[folder].Contains(name)
                && Regex.IsMatch(source.Text, $@"\bAutoDiffAE\.{name}\b|(?<![\w.]){name}\.[A-Z]\w*[.<({{ ]") && NamesIt(source.Text, name)
            select $"{source.Path} names {name}";
        Assert.Empty(wrong);
    }

    /// <summary>A relative name such as Graph.Expr counts; the same word inside a comment or a member access does not.</summary>
    private static bool NamesIt(string text, string name) =>
        Code().Replace(text, "").Split('\n').Any(line => Regex.IsMatch(line, $@"\bAutoDiffAE\.{name}\b|(?<![\w.]){name}\.[A-Z]"));

    [GeneratedRegex(@"//.*|""(?:[^""\\]|\\.)*""")]
    private static partial Regex Code();

    [Fact]
    public void Backends_know_no_gradient() =>
        Assert.Empty(Sources.Where(s => (s.Path.StartsWith("Gpu/", StringComparison.Ordinal) || s.Path.StartsWith("Core/", StringComparison.Ordinal))
            && Regex.IsMatch(Code().Replace(s.Text, ""), @"\b(Pullback|Pullbacks|Tape|TapeStep|Gradient)\b")).Select(s => s.Path));

    /// <summary>A plan may carry attributes of operations, such as the geometry of a convolution, but never the graph.</summary>
    [Fact]
    public void Backends_see_only_a_plan() =>
        Assert.Empty(Sources.Where(s => (s.Path.StartsWith("Gpu/", StringComparison.Ordinal) || s.Path.StartsWith("Core/Cpu/", StringComparison.Ordinal))
            && Regex.IsMatch(Code().Replace(s.Text, ""), @"\b(Expr|Op\.[A-Z]\w+|Traversal|Formulas)\b")).Select(s => s.Path));

    [Fact]
    public void Half_of_the_files_have_at_most_80_lines()
    {
        var lengths = Sources.Select(s => s.Text.AsSpan().Count('\n')).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 0, 80);
    }

    [Fact]
    public void A_file_is_named_after_a_type_in_it()
    {
        // Families of scalar functions share a file that is named after the family.
        string[] families = ["Arithmetic", "Exponential", "Trigonometric", "Activations", "Comparison", "Powers", "Logarithms", "InverseTrigonometric", "Hyperbolic",
            "InverseHyperbolic", "Rounding", "ErrorFunctions", "GammaFunctions", "LinearUnits", "SmoothUnits", "HardUnits", "GaussianUnits", "Logic"];
        var wrong =
            from source in Sources
            let name = Path.GetFileName(source.Path).Split('.')[0]
            where !(source.Path.StartsWith("Core/Scalars/", StringComparison.Ordinal) && families.Contains(name))
                && !(OpTables.Contains(Path.GetDirectoryName(source.Path)) && OpFamilies.Contains(name))
                && !source.Path.StartsWith("Facade/Samples/", StringComparison.Ordinal) && name is not ("Program" or "AssemblyInfo" or "GlobalUsings")
                && !Regex.IsMatch(source.Text, $@"\b(class|struct|interface|enum|record|delegate\s+\S+)\s+{Regex.Escape(name)}\b")
            select source.Path;
        Assert.Empty(wrong);
    }

    /// <summary>Structural operations come in families; each table over them has a file for a family, of one name.</summary>
    private static readonly string[] OpTables = ["Core/Graph/Ops", "Core/Planning/Routines", "Autodiff/Rules"];

    private static IEnumerable<string> OpFamilies => Files("Core/Graph/Ops").Except(["Op", "IOpCases", "ShapeRule"]);

    private static IEnumerable<string> Files(string folder) =>
        Sources.Where(s => Path.GetDirectoryName(s.Path) == folder).Select(s => Path.GetFileNameWithoutExtension(s.Path));

    [Fact]
    public void Every_table_has_a_file_for_each_family_of_operations() =>
        Assert.All(OpTables, folder => Assert.Empty(OpFamilies.Except(Files(folder))));

    [Fact]
    public void No_file_is_named_for_having_no_concept() =>
        Assert.Empty(Sources.Where(s => Regex.IsMatch(Path.GetFileNameWithoutExtension(s.Path), "Manager|Helper|Utils|Utilities|Common$")).Select(s => s.Path));

    [Fact]
    public void The_top_holds_the_rooms_and_what_the_tools_read_there()
    {
        string[] folders = ["Core", "Autodiff", "Gpu", "Facade", "tests"];
        string[] files = ["AutoDiffAE.sln", "README.md", "LICENSE", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config"];
        bool Hidden(string name) => name.StartsWith('.') || name is "runs" or "TestResults" or "bin" or "obj";
        Assert.Empty(Directory.GetDirectories(Root).Select(d => Path.GetFileName(d)).Where(d => !Hidden(d)).Except(folders));
        Assert.Empty(Directory.GetFiles(Root).Select(f => Path.GetFileName(f)).Where(f => !Hidden(f)).Except(files, StringComparer.OrdinalIgnoreCase));
    }
}
