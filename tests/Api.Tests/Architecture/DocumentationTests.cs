using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Architecture;

/// <summary>What readers see first.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf(""), "*.md"))
            .Select(page => Path.GetRelativePath(Repository.PathOf(""), page))];

    [Fact]
    public void The_README_stays_a_landing_page() => File.ReadAllLines(Repository.PathOf("README.md")).Length.ShouldBeLessThanOrEqualTo(160);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_to_one(string page)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Repository.PathOf(page))))
        {
            Path.Exists(Path.Combine(folder, link.Groups["path"].Value)).ShouldBeTrue(link.Value);
        }
    }

    [Fact]
    public void Every_recipe_is_the_file_that_examples_run_executes()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/recipes.md"));
        string script = File.ReadAllText(Repository.PathOf("examples/run"));
        Match[] recipes = Recipe().Matches(page).ToArray();
        Fence().Count(page).ShouldBe(2 * recipes.Length, "each code block follows the name of its file");
        recipes.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (Match recipe in recipes)
        {
            string file = recipe.Groups["file"].Value;
            recipe.Groups["code"].Value.ShouldBe(File.ReadAllText(Repository.PathOf(file)), file);
            string name = file["examples/".Length..];
            script.ShouldContain(name == "dotnet/Program.cs" ? "Backprop.Example.dll" : name, Case.Sensitive, file);
        }
    }

    [GeneratedRegex(@"\]\((?!\w+:|#)(?<path>[^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\[(?<file>examples/[^\]]+)\]\(\.\./\k<file>\):\n\n```\w+\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Recipe();

    [GeneratedRegex("^```", RegexOptions.Multiline)]
    private static partial Regex Fence();
}
