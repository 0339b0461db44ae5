using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Backprop.Api.Tests.Robustness;

/// <summary>The largest graph that the default limits allow, in a process limited to 6 GiB.</summary>
[Collection(nameof(Alone))]
public sealed class MillionNodesTests(ITestOutputHelper output)
{
    private const int Nodes = 1_000_000;
    private const long Memory = 6L << 30;

    [Theory]
    [InlineData("/evaluations")]
    [InlineData("/gradients")]
    public async Task Are_computed_or_refused_by_a_limit_within_the_configured_memory(string route)
    {
        using var folder = new TemporaryFolder();
        using var service = await ServiceProcess.StartAsync(folder.File("backprop.db"), ("DOTNET_GCHeapHardLimit", $"0x{Memory:X}"));
        long start = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(Chains.Body(Nodes)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await service.Http.PostAsync(route, content);
        string answer = await response.Content.ReadAsStringAsync();
        output.WriteLine($"{route}: {(int)response.StatusCode} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, peak {service.PeakBytes >> 20} MiB");
        bool sound = response.StatusCode == HttpStatusCode.OK || ((int)response.StatusCode is >= 400 and < 500 && answer.Contains("Limits:"));
        sound.ShouldBeTrue($"{(int)response.StatusCode} {answer}");
        (service.PeakBytes ?? 0).ShouldBeLessThan(Memory);
        (await service.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
