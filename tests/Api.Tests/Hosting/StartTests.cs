using System.Text.Json.Nodes;
using Backprop.Api.Tests.Robustness;
using Backprop.Compute.Devices;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>What a start tells, and what it leaves for later.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task The_first_line_says_where_Swagger_UI_is_and_none_warns()
    {
        using var folder = new TemporaryFolder();
        using (ServiceProcess first = await ServiceProcess.StartAsync(folder.File("backprop.db")))
        {
            await ReadyAsync(first);
            await first.EndAsync(TimeSpan.FromSeconds(30));
            Levels(first).ShouldBe(["Information", "Information"]);
            Message(first, 0).ShouldBe($"Listening on {Address(first)}, Swagger UI: {Address(first)}/swagger");
            Message(first, 1).ShouldStartWith("Questions of the content files: ");
        }

        using ServiceProcess second = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        await ReadyAsync(second);
        await second.EndAsync(TimeSpan.FromSeconds(30));
        Levels(second).ShouldBe(["Information"]);
    }

    [Fact]
    public async Task Drivers_are_not_loaded_before_somebody_asks()
    {
        using var api = new ApiFixture();
        var registry = api.Services.GetRequiredService<DeviceRegistry>();
        await api.Api.GetReadinessAsync();
        registry.Discovered.ShouldBeEmpty();
        await api.Api.ListDevicesAsync();
        registry.Discovered.ShouldNotBeEmpty();
    }

    private static async Task ReadyAsync(ServiceProcess service)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await service.Http.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string Address(ServiceProcess service) => service.Http.BaseAddress!.ToString().TrimEnd('/');

    private static string[] Levels(ServiceProcess service) => [.. Lines(service).Select(line => line["LogLevel"]!.GetValue<string>())];

    private static string Message(ServiceProcess service, int line) => Lines(service)[line]["Message"]!.GetValue<string>();

    private static JsonNode[] Lines(ServiceProcess service) => [.. service.Log.Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!)];
}
