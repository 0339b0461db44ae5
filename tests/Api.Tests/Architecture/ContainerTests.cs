using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Architecture;

/// <summary>What an image build would find out late: a removed path, or a new project that the Dockerfile does not copy.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = File.ReadAllText(Repository.PathOf("Dockerfile"));

    [Fact]
    public void Every_path_that_is_copied_exists()
    {
        var copies = Copy().Matches(Dockerfile);
        copies.Count.ShouldBeGreaterThan(5);
        foreach (var source in copies.SelectMany(copy => copy.Groups["paths"].Value.Split(' ').SkipLast(1)))
        {
            Path.Exists(Repository.PathOf(source)).ShouldBeTrue(source);
        }
    }

    [Fact]
    public void Every_project_is_restored_from_its_own_file()
    {
        var restored = ProjectFile().Matches(Dockerfile).Select(project => project.Value).Distinct();
        restored.ShouldBe(SourceProjects(), ignoreOrder: true);
    }

    [Fact]
    public void The_image_starts_what_the_project_makes()
    {
        Dockerfile.ShouldContain($"ENTRYPOINT [\"dotnet\", \"{typeof(Program).Assembly.GetName().Name}.dll\"]");
        Dockerfile.ShouldContain("USER $APP_UID");
        Dockerfile.ShouldContain("--health-check");
    }

    private static IEnumerable<string> SourceProjects() => SolutionProject()
        .Matches(File.ReadAllText(Repository.PathOf("Backprop.sln")))
        .Select(project => project.Value.Replace('\\', '/'));

    [GeneratedRegex(@"^COPY (?!--from)(?<paths>.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"src/\w+/\w+\.csproj")]
    private static partial Regex ProjectFile();

    [GeneratedRegex(@"src[\\/]\w+[\\/]\w+\.csproj")]
    private static partial Regex SolutionProject();
}
