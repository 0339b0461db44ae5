using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Api.Platform.Compute;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Security;
using Backprop.Api.Protocols.OpenTdb;
using Backprop.Api.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>Every key is documented, and can be set for the container in the file .env.</summary>
public sealed partial class ConfigurationTests
{
    private static readonly (string Section, object Options)[] Options =
    [
        (BackpropLimits.Section, new BackpropLimits()),
        (ComputeOptions.Section, new ComputeOptions()),
        (RateLimits.Section, new RateLimits()),
        (OpenTdbOptions.Section, new OpenTdbOptions()),
        (ApiKeys.Section, new ApiKeys()),
        (TrainingOptions.Section, new TrainingOptions()),
    ];

    // docker-compose.yml sets them itself: they are the mapped port and the volume.
    private static readonly string[] Fixed = ["ASPNETCORE_URLS", "--urls", "ConnectionStrings:Backprop"];

    [Fact]
    public void Every_option_is_documented_and_every_documented_one_exists()
    {
        string[] sections = [.. Options.Select(options => options.Section + ":")];
        Documented("docs/configuration.md").Where(key => sections.Any(section => key.StartsWith(section, StringComparison.Ordinal)))
            .ShouldBe(Keys().Select(key => key.Key), ignoreOrder: true);
    }

    [Fact]
    public void The_example_of_an_environment_has_every_documented_key() =>
        Environment().Keys.ShouldBe(
            Documented("docs/configuration.md").Except(Fixed).Select(Variable).Concat(Documented("docs/deployment.md")), ignoreOrder: true);

    [Fact]
    public void The_example_of_an_environment_shows_the_defaults()
    {
        Dictionary<string, string> shown = Environment();

        // They follow from the machine.
        string[] measured = [Variable("Limits:Concurrency"), Variable("Limits:MemoryBytes"), Variable("Training:Concurrency")];
        measured.ShouldAllBe(variable => shown[variable] == "");
        foreach ((string key, object? value) in Keys().Where(key => !measured.Contains(Variable(key.Key))))
        {
            string expected = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            shown[Variable(key)].ShouldBe(expected, key);
        }
    }

    internal static Dictionary<string, string> Environment() => Line().Matches(File.ReadAllText(Repository.PathOf(".env.example")))
        .ToDictionary(line => line.Groups["key"].Value, line => line.Groups["value"].Value);

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static IEnumerable<(string Key, object? Value)> Keys() =>
        from options in Options
        from property in options.Options.GetType().GetProperties()
        where property.CanWrite
        select ($"{options.Section}:{property.Name}", property.GetValue(options.Options));

    private static IEnumerable<string> Documented(string page) => Row().Matches(File.ReadAllText(Repository.PathOf(page)))
        .SelectMany(row => Name().Matches(row.Groups["keys"].Value).Select(name => name.Groups["key"].Value));

    [GeneratedRegex(@"^#(?<key>\w+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    // A row of a table whose first cell has nothing but names.
    [GeneratedRegex(@"^\| (?<keys>`[\w:-]+`(?:, `[\w:-]+`)*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[^`]+)`")]
    private static partial Regex Name();
}
