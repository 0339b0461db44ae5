using System.Buffers;
using System.Text;
using System.Text.Json;
using Backprop.Api.FastPath;
using Backprop.Api.Tests.Hosting;
using Backprop.Compute.Engine;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.FastPath;

public sealed class HotAllocationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Times = 1000;

    [Theory]
    [InlineData("""{"expression":"d = a*b; e = d + c; L = e^2","inputs":{"a":2,"b":-3,"c":10} }""", 4 << 10)]
    [InlineData("""{"expression":"L = sum(x)","encoding":"base64","inputs":{"x":{"shape":[3],"dtype":"float32","base64":"AACAPwAAAEAAAEBA"} } }""", 4 << 10)]
    public async Task From_the_bytes_of_a_hot_request_to_those_of_its_answer_little_is_allocated(string body, long most)
    {
        await LearnAsync(body);
        long bytes = Allocated(Encoding.UTF8.GetBytes(body), Times) / Times;
        bytes.ShouldBeLessThan(most);
    }

    [Fact]
    public async Task The_nodes_of_a_graph_cost_a_hot_request_no_memory()
    {
        string chain = string.Join("; ", Enumerable.Range(1, 500).Select(i => $"x{i} = sin(x{i - 1})"));
        string body = $$"""{"expression":"{{chain}}","inputs":{"x0":2} }""";
        await LearnAsync(body);
        (Allocated(Encoding.UTF8.GetBytes(body), Times) / Times).ShouldBeLessThan(4 << 10);
    }

    // A plan is cached after its first answer has been sent. A second request waits for that: the connection is read again only then.
    private async Task LearnAsync(string body)
    {
        for (int i = 0; i < 2; i++)
        {
            (await Exchange.PostAsync(api.Http, "/gradients", body)).Status.ShouldBe(200);
        }
    }

    private long Allocated(byte[] body, int times)
    {
        var lookup = api.Services.GetRequiredService<PreparedRequestLookup>();
        var engine = api.Services.GetRequiredService<DerivativeEngine>();
        JsonSerializerOptions options = api.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var bytes = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(bytes);
        Answer(lookup, engine, body, bytes, writer, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
        {
            Answer(lookup, engine, body, bytes, writer, options);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Answer(
        PreparedRequestLookup lookup, DerivativeEngine engine, byte[] body, ArrayBufferWriter<byte> bytes, Utf8JsonWriter writer, JsonSerializerOptions options)
    {
        CacheHit found = lookup.Find("/gradients", body, out _).ShouldNotBeNull();
        found.Plan.Writer.Write(writer, engine.Run(found.Plan.Query, found.Inputs, CancellationToken.None), options);
        writer.Flush();
        writer.Reset();
        bytes.ResetWrittenCount();
        lookup.Return(found);
    }
}
