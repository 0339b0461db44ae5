using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Api.Platform.Compute;
using Backprop.Api.Tests.Architecture;
using Shouldly;
using Xunit;
using YamlDotNet.Serialization;

namespace Backprop.Api.Tests.Hosting;

/// <summary>docker-compose.yml, where there is no Docker to try it.</summary>
public sealed partial class ComposeTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docker-compose.yml"));
    private static readonly Compose Parsed = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Compose>(Text);

    private static Service Service => Parsed.Services["backprop"];

    [Fact]
    public void Settings_come_from_a_file_that_need_not_exist()
    {
        EnvironmentFile file = Service.EnvironmentFiles.ShouldHaveSingleItem();
        (file.Path, file.Required).ShouldBe((".env", false));
        File.Exists(Repository.PathOf(".env.example")).ShouldBeTrue();
        File.Exists(Repository.PathOf(Path.Combine(Service.Build, "Dockerfile"))).ShouldBeTrue();
    }

    [Fact]
    public void Every_variable_has_the_default_that_the_example_shows()
    {
        Dictionary<string, string> shown = ConfigurationTests.Environment();
        Match[] variables = Variable().Matches(Text).ToArray();
        variables.Length.ShouldBe(Text.Split("${").Length - 1, "each has a default");
        variables.ShouldAllBe(variable => shown[variable.Groups["name"].Value] == variable.Groups["value"].Value);
        shown.Keys.Where(name => name.StartsWith("BACKPROP_", StringComparison.Ordinal))
            .ShouldBe(variables.Select(variable => variable.Groups["name"].Value), ignoreOrder: true);
    }

    [Fact]
    public void The_port_is_published_on_this_machine_only()
    {
        Resolve(Service.Ports.ShouldHaveSingleItem()).ShouldBe("127.0.0.1:8080:8080");
        Service.Environment["ASPNETCORE_HTTP_PORTS"].ShouldBe("8080");
    }

    [Fact]
    public void The_memory_leaves_room_for_requests_beside_the_caches()
    {
        string limit = Resolve(Service.MemoryLimit);
        limit.ShouldEndWith("g");
        double bytes = double.Parse(limit[..^1], CultureInfo.InvariantCulture) * (1L << 30);

        // .NET takes three quarters of a container's memory for its heap, and Limits:MemoryBytes three quarters of that.
        var compute = new ComputeOptions();
        (bytes * 9 / 16).ShouldBeGreaterThan(2 * (compute.CacheBytes + compute.PoolBytes));
        double.Parse(Resolve(Service.Processors), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void The_database_is_on_a_declared_volume()
    {
        string[] mounts = [.. Service.Volumes.Select(volume => volume.Split(':')[0])];
        mounts.ShouldBe(Parsed.Volumes.Keys);
        Service.Environment["ConnectionStrings__Backprop"].ShouldStartWith($"Data Source={Service.Volumes[0].Split(':')[1]}/");
    }

    private static string Resolve(string text) => Variable().Replace(text, "${value}");

    [GeneratedRegex(@"\$\{(?<name>\w+):-(?<value>[^}]*)\}")]
    private static partial Regex Variable();
}
