using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Planning;
using AutoDiffAE.Properties;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>An operation cannot exist in part: one is added to the sources, and what is missing is named.</summary>
public sealed class CompletenessTest
{
    /// <summary>A case of both unions and a row of both interfaces, and nothing else.</summary>
    private const string Novelty = """
        namespace AutoDiffAE.Graph
        {
            public abstract partial record Op
            {
                public sealed record Novel : Op
                {
                    public override string Name => "novel";
                    private protected override R Accept<R>(IOpCases<R> cases) => cases.Novel(this);
                }
            }

            public partial interface IOpCases<out R> { R Novel(Op.Novel op); }
        }

        namespace AutoDiffAE.Planning
        {
            public abstract partial record Routine
            {
                public sealed record Novel : Routine
                {
                    private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Novel(this);
                }
            }

            public partial interface IRoutineCases<out R> { R Novel(Routine.Novel routine); }
        }
        """;

    private const string MissingRow = "CS0535";

    [Fact]
    public void An_operation_without_a_row_in_some_table_does_not_build()
    {
        var (core, autodiff, oracle) = Compiled(Novelty);
        foreach (var (compilation, assembly) in new[] { (core, typeof(Op).Assembly), (autodiff, typeof(Tape).Assembly), (oracle, typeof(Oracle).Assembly) })
        {
            var tables = Tables(assembly).ToList();
            Assert.NotEmpty(tables);
            var refused = Refused(compilation);
            Assert.All(tables, table => Assert.Contains(refused, message => message.StartsWith($"'{table}", StringComparison.Ordinal)
                && message.Contains(".Novel(", StringComparison.Ordinal)));
        }
        // Some by name, so that a change to how tables are found does not go unseen.
        string[] known = ["ShapeRule", "Spelling", "Lowering", "BoundSteps", "Pullbacks", "Pushforwards", "Interpreter"];
        Assert.All(known, name => Assert.Contains(new[] { core, autodiff, oracle }.SelectMany(Refused), message => message.StartsWith($"'{name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void As_it_is_no_row_is_missing()
    {
        var (core, autodiff, oracle) = Compiled("");
        Assert.Empty(new[] { core, autodiff, oracle }.SelectMany(Refused));
    }

    [Fact]
    public void Every_operation_has_a_sampler_and_a_name() =>
        Assert.Empty(Missing(Cases, OpSamplers.All.Concat(ScalarSamplers.All)));

    private sealed record Novel;

    [Fact]
    public void One_without_is_named()
    {
        Assert.Equal(["Novel has no sampler: append one to OpSamplers.All"], Missing([.. Cases, typeof(Novel)], OpSamplers.All.Concat(ScalarSamplers.All)));
        var unnamed = new Sampler("novel", typeof(Novel), Linearity.None, d => d.Input([2]).Tanh());
        Assert.Equal(["Novel has no name that the parser knows: add one to the language"], Missing([typeof(Novel)], [unnamed]));
    }

    private static IEnumerable<Type> Cases => typeof(Op).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(Op)));

    /// <summary>What operations lack that no table demands: random samples, and a printed form that parses to the operation.</summary>
    private static IEnumerable<string> Missing(IEnumerable<Type> cases, IEnumerable<Sampler> samplers)
    {
        var all = samplers.ToList();
        foreach (var type in cases)
        {
            var own = all.Where(s => s.Case == type).ToList();
            if (own.Count == 0) yield return $"{type.Name} has no sampler: append one to OpSamplers.All";
            else if (!own.Any(s => Parses(s, type))) yield return $"{type.Name} has no name that the parser knows: add one to the language";
        }
    }

    private static bool Parses(Sampler sampler, Type type) => Enumerable.Range(0, 20).Any(seed =>
    {
        var y = sampler.Build(new Draw(new Case(seed, 3)));
        return Traversal.Topological([Parser.Parse(Printer.Print(y), Printer.Variables(y))]).Any(e => e.Op.GetType() == type);
    });

    /// <summary>Types with a row for each case of a union, as the compiler names them in a message.</summary>
    private static IEnumerable<string> Tables(System.Reflection.Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true } && type.BaseType == typeof(object)
        where type.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IOpCases<>) || i.GetGenericTypeDefinition() == typeof(IRoutineCases<>)))
        select type.IsGenericType ? $"{type.Name.Split('`')[0]}<" : $"{type.Name}'";

    private static IEnumerable<string> Refused(Compilation compilation) => compilation.GetDiagnostics()
        .Where(d => d.Id == MissingRow).Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Core with more in it, Autodiff over that, and the tests' interpreter. (Other errors, such as of code that a generator writes, are not of interest.)</summary>
    private static (Compilation Core, Compilation Autodiff, Compilation Oracle) Compiled(string more)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("AutoDiffAE.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)).ToList();
        Compilation Of(string name, string folder, string also, params IEnumerable<Compilation> references) => CSharpCompilation.Create(
            name, [.. Sources(folder), CSharpSyntaxTree.ParseText(Implied), CSharpSyntaxTree.ParseText(also)],
            [.. platform, .. references.Select(r => r.ToMetadataReference())],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var core = Of("AutoDiffAE.Core", "Core", more);
        var autodiff = Of("AutoDiffAE.Autodiff", "Autodiff", "", core);
        return (core, autodiff, Of("AutoDiffAE.Tests", "tests/Oracle", "", core, autodiff));
    }

    private const string Implied = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static IEnumerable<SyntaxTree> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Shared.Repository, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Shared.Repository, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path));
}
