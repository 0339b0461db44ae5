using System.Net.Http.Headers;
using System.Text;
using Backprop.Api.Tests.Hosting;
using Backprop.Api.Tests.Robustness;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Allocation;

/// <summary>
/// Garbage per request on the fast path, including the client's part in the same process. A rebuilt graph or a copied body would show at once.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HotRequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int WarmUps = 40;
    private const int Requests = 40;
    private const int Attempts = 5;

    [Fact]
    public async Task A_small_request_takes_little() =>
        (await AllocatedAsync("""{"expression":"d = a*b; e = d + c; L = e^2","inputs":{"a":2,"b":-3,"c":10}}"""u8.ToArray())).ShouldBeLessThan(16 << 10);

    [Fact]
    public async Task A_graph_of_ten_thousand_nodes_takes_hardly_more() => (await AllocatedAsync(Chains.Body(10_000))).ShouldBeLessThan(48 << 10);

    [Fact]
    public async Task Values_in_base64_take_little_more_than_themselves()
    {
        const int Length = 100_000;
        string numbers = Convert.ToBase64String(new byte[Length * sizeof(float)]);
        string body = $$"""{"expression":"L = sum(x*x)","inputs":{"x":{"shape":[{{Length}}],"dtype":"float32","base64":"{{numbers}}"} },"wrt":["x"],"encoding":"base64"}""";
        (await AllocatedAsync(Encoding.UTF8.GetBytes(body))).ShouldBeLessThan(8 * Length * sizeof(float));
    }

    // Other threads of the process can only add to the count: the minimum of several attempts belongs to the requests.
    private async Task<long> AllocatedAsync(byte[] body)
    {
        long least = long.MaxValue;
        for (int i = 0; i < WarmUps; i++)
        {
            await AskAsync(body);
        }

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(true);
            for (int i = 0; i < Requests; i++)
            {
                await AskAsync(body);
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(true) - before) / Requests);
        }

        return least;
    }

    private async Task AskAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await api.Http.PostAsync("/gradients", content);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }
}
