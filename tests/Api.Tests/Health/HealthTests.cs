using System.Net;
using Backprop.Api.Features.Operations;
using Backprop.Api.Platform.Hosting;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Operations;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Health;

public sealed class HealthTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_service_is_alive() => (await api.Api.GetLivenessAsync()).Status.ShouldBe(HealthState.Healthy);

    [Fact]
    public async Task The_service_is_ready_when_database_and_warm_up_are()
    {
        var report = await api.Api.GetReadinessAsync();
        report.Status.ShouldBe(HealthState.Healthy);
        report.Checks!.Select(check => check.Name).ShouldBe(["database", "devices", "warmUp"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_host_is_a_device() => (await api.Api.ListDevicesAsync()).Items[0].Kind.ShouldBe(DeviceChoice.Host);

    [Fact]
    public async Task Health_answers_head()
    {
        var response = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health/live"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_container_check_tells_ready_from_absent()
    {
        (await ContainerHealthCheck.RunAsync(["--health-check", $"{api.Address}health/ready"])).ShouldBe(0);
        (await ContainerHealthCheck.RunAsync(["--health-check", $"{api.Address}nothing"])).ShouldBe(1);
        (await ContainerHealthCheck.RunAsync(["--health-check", "http://127.0.0.1:1/"])).ShouldBe(1);
        (await ContainerHealthCheck.RunAsync(["--health-check", "no address"])).ShouldBe(1);
    }

    [Fact]
    public async Task A_service_without_a_database_and_warm_up_is_alive_and_not_ready()
    {
        var warm = new TaskCompletionSource();
        await using var app = await ProbeApp.StartAsync(
            routes => routes.MapOperations(),
            services => services.AddSingleton(new WarmUpStep("kernels", _ => warm.Task)));

        (await app.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var response = await app.Http.GetAsync("/health/ready");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldContain("""{"name":"warmUp","status":"unhealthy","detail":"warming up: kernels"}""");
        body.ShouldContain("""{"name":"database","status":"unhealthy""");
        warm.SetResult();
    }

    [Fact]
    public async Task A_warm_up_that_fails_does_not_keep_the_service_from_being_ready()
    {
        var step = new WarmUpStep("kernels", _ => throw new InvalidOperationException("no kernels"));
        await using var app = await ProbeApp.StartAsync(routes => routes.MapOperations(), services => services.AddSingleton(step));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await ReadinessAsync(app, patience.Token)).Contains("""{"name":"warmUp","status":"healthy"}""", StringComparison.Ordinal))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task<string> ReadinessAsync(ProbeApp app, CancellationToken cancellationToken)
    {
        var response = await app.Http.GetAsync("/health/ready", cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
