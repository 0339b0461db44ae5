using System.Text;
using Backprop.Api.Features.Derivatives;
using Backprop.Compare.Http;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Backprop.Benchmarks;

/// <summary>Hot requests through the whole pipeline, without a socket: read the body, find the plan, run it, write the answer.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly string database = Path.Combine(Path.GetTempPath(), $"backprop-{Guid.NewGuid():N}.db");
    private readonly byte[] seed = Encoding.UTF8.GetBytes(Bodies.Seed()[0]);
    private readonly byte[] scalars = Encoding.UTF8.GetBytes(Bodies.Scalars(10_000)[0]);
    private readonly byte[] mlp = Encoding.UTF8.GetBytes(Bodies.Mlp(32, 64, 128, 10)[0]);
    private WebApplicationFactory<DerivativeService> service = null!;
    private HttpClient client = null!;

    [GlobalSetup]
    public void Start()
    {
        service = new WebApplicationFactory<DerivativeService>().WithWebHostBuilder(host => host
            .UseContentRoot(AppContext.BaseDirectory).UseSetting("ConnectionStrings:Backprop", $"Data Source={database}"));
        client = service.CreateClient();
    }

    [GlobalCleanup]
    public void Stop()
    {
        service.Dispose();
        File.Delete(database);
    }

    [Benchmark]
    public Task<byte[]> Seed() => AnswerAsync(seed);

    [Benchmark]
    public Task<byte[]> Scalars() => AnswerAsync(scalars);

    [Benchmark]
    public Task<byte[]> Mlp() => AnswerAsync(mlp);

    private async Task<byte[]> AnswerAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using HttpResponseMessage response = await client.PostAsync("/gradients", content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }
}
