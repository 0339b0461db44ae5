using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>The service stops soon after it is asked to, whatever it computes.</summary>
[Collection(nameof(Alone))]
public sealed class ShutdownTests
{
    private static readonly string Products = string.Concat(Enumerable.Range(1, 8).Select(i => $$"""{"name":"p{{i}}","op":"MatMul","inputs":["p{{i - 1}}","p0"]},"""));

    // Many seconds of products on the host, and half a minute on the emulated device.
    private static readonly string OnHost = $$$"""
        {"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"p0","op":"Expand","inputs":["x"],"attributes":{"shape":[5000,5000]}},
        {{{Products}}}
        {"name":"L","op":"ReduceSum","inputs":["p8"],"attributes":{"keepdims":0}}],"outputs":["L"]},
        "inputs":{"x":1},"device":"host"}
        """;

    private const string OnDevice = """
        {"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"a","op":"Expand","inputs":["x"],"attributes":{"shape":[350,350]}},
        {"name":"b","op":"MatMul","inputs":["a","a"]},{"name":"L","op":"ReduceSum","inputs":["b"],"attributes":{"keepdims":0}}],"outputs":["L"]},
        "inputs":{"x":1},"device":"ilgpuCpu"}
        """;

    [Fact]
    public Task A_service_that_computes_ends_soon() => EndsAsync(OnHost);

    [Fact]
    public Task A_service_whose_device_computes_ends_soon() => EndsAsync(OnDevice);

    private static async Task EndsAsync(string body)
    {
        using var folder = new TemporaryFolder();
        using ServiceProcess service = await ServiceProcess.StartAsync(
            folder.File("backprop.db"), ("Compute__Devices", "ilgpuCpu"), ("shutdownTimeoutSeconds", "1"));
        Task<HttpResponseMessage> running = service.Http.PostAsync("/evaluations", new StringContent(body, Encoding.UTF8, "application/json"));
        await Task.Delay(TimeSpan.FromSeconds(3));
        running.IsCompleted.ShouldBeFalse();
        long start = Stopwatch.GetTimestamp();
        (await service.EndAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<HttpRequestException>(running);
    }
}
