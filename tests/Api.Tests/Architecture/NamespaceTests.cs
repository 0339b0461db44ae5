using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Architecture;

/// <summary>
/// Folders, namespaces and files, read from the source text. The build rejects unnecessary using directives, so those of a file are what it uses.
/// </summary>
public sealed partial class NamespaceTests
{
    private const int MostCharacters = 150;
    private const int MostLines = 250;

    // Pairs that may use each other, and why.
    private static readonly Dictionary<(string, string), string> Mutual = new()
    {
        [("Domain.Graphs", "Domain.Operators")] = "the IR: a node holds its primitive, whose derivative builds nodes",
        [("Domain.Graphs", "Domain.Operators.Primitives")] = "as above",
        [("Domain.Graphs.Building", "Domain.Operators")] = "as above",
        [("Domain.Graphs.Building", "Domain.Operators.Primitives")] = "as above",
        [("Domain.Operators.Primitives", "Domain.Transformations")] = "the derivative of a norm's gradient is that of a graph",
    };

    private static readonly string[] Generated = ["/Migrations/", "/CompiledModel/", "/obj/"];

    private static readonly SourceText[] Sources = [.. Read("src"), .. Read("tests"), .. Read("bench")];

    [Fact]
    public void Namespaces_are_folders() =>
        Sources.Where(source => source.Namespace is { } name && name != source.Folder).Select(source => $"{source.Path}: {source.Namespace}")
            .ShouldBeEmpty();

    [Fact]
    public void Namespaces_do_not_depend_on_each_other()
    {
        HashSet<(string From, string To)> uses = [.. Sources.Where(source => source.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(source => source.Usings.Select(used => (source.Namespace ?? source.Folder, used)))];
        (string, string)[] mutual = [.. uses.Where(use => string.CompareOrdinal(use.From, use.To) < 0 && uses.Contains((use.To, use.From)))
            .Where(use => !use.To.StartsWith(use.From + ".", StringComparison.Ordinal)).Order()];
        mutual.ShouldBe(Mutual.Keys.Where(mutual.Contains).Order());
    }

    [Fact]
    public void Lines_and_files_are_short()
    {
        Sources.Where(source => source.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(source => source.Lines.Select((line, number) => (line.Length, Where: $"{source.Path}:{number + 1}")))
            .Where(line => line.Length > MostCharacters).Select(line => line.Where).ShouldBeEmpty();
        Sources.Where(source => source.Path.StartsWith("src/", StringComparison.Ordinal) && source.Lines.Length > MostLines)
            .Select(source => $"{source.Path}: {source.Lines.Length}").ShouldBeEmpty();
    }

    private static IEnumerable<SourceText> Read(string top) =>
        Directory.EnumerateFiles(Repository.PathOf(top), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Generated.Any(folder => file.Contains(folder, StringComparison.Ordinal)))
            .Select(file => SourceText.Of(Path.GetRelativePath(Repository.PathOf("."), file).Replace('\\', '/'), File.ReadAllLines(file)));

    [GeneratedRegex(@"^namespace Backprop\.([\w.]+);")]
    private static partial Regex Declared();

    [GeneratedRegex(@"^using (?:static )?Backprop\.([\w.]+);")]
    private static partial Regex Used();

    private sealed record SourceText(string Path, string Folder, string? Namespace, string[] Usings, string[] Lines)
    {
        public static SourceText Of(string path, string[] lines)
        {
            string[] parts = path.Split('/')[1..^1];
            return new SourceText(
                path,
                string.Join('.', parts),
                lines.Select(line => Declared().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value,
                [.. lines.Select(line => Used().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)],
                lines);
        }
    }
}
