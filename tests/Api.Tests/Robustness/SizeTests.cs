using System.Diagnostics;
using System.Net;
using System.Text;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Requests that would take terabytes are rejected at once, naming the limit, before anything of that size is allocated.</summary>
[Collection(nameof(Alone))]
public sealed class SizeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const long Little = 64L << 20;
    private const string Square = "[1000000,1000000]";

    [Theory]
    [InlineData("""{"inputs":[{"name":"x"}],"constants":[{"name":"s","value":[1000000,1000000]}],"nodes":[{"name":"y","op":"Expand","inputs":["x","s"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"constants":[{"name":"s","value":[1000000,1000000]}],"nodes":[{"name":"u","op":"Reshape","inputs":["x"],"attributes":{"shape":[1,1]}},{"name":"y","op":"Tile","inputs":["u","s"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"constants":[{"name":"s","value":[1000000,1000000]}],"nodes":[{"name":"c","op":"ConstantOfShape","inputs":["s"]},{"name":"y","op":"Mul","inputs":["c","x"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"r","op":"Range","inputs":[0,1000000000000,1]},{"name":"f","op":"Cast","inputs":["r"],"attributes":{"to":11}},{"name":"y","op":"Mul","inputs":["f","x"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"r","op":"Range","inputs":[0,1000000000,1]},{"name":"f","op":"Cast","inputs":["r"],"attributes":{"to":11}},{"name":"y","op":"Mul","inputs":["f","x"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"constants":[{"name":"i","value":[1,2]},{"name":"v","value":[0,1]}],"nodes":[{"name":"h","op":"OneHot","inputs":["i",1000000000,"v"]},{"name":"y","op":"Mul","inputs":["h","x"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"a","op":"Expand","inputs":["x"],"attributes":{"shape":[100000,1]}},{"name":"b","op":"Expand","inputs":["x"],"attributes":{"shape":[1,100000]}},{"name":"y","op":"MatMul","inputs":["a","b"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"a","op":"Expand","inputs":["x"],"attributes":{"shape":[1000000,1]}},{"name":"b","op":"Transpose","inputs":["a"]},{"name":"y","op":"Add","inputs":["a","b"]}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"u","op":"Reshape","inputs":["x"],"attributes":{"shape":[1]}},{"name":"y","op":"Pad","inputs":["u"],"attributes":{"pads":[0,2000000000]}}],"outputs":["y"]}""")]
    [InlineData("""{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Expand","inputs":["x"],"attributes":{"shape":[100000000]}}],"outputs":["y"]}""")]
    public async Task A_value_that_is_too_large_is_refused(string graph) =>
        await RefusedAsync("/evaluations", $$"""{"graph":{{graph}},"inputs":{"x":1} }""", HttpStatusCode.UnprocessableEntity);

    [Theory]
    [InlineData("/evaluations", """{"expression":"y = x","inputs":{"x":{"shape":[1000000,1000000],"data":[1]}}}""", HttpStatusCode.BadRequest)]
    [InlineData("/evaluations", """{"expression":"y = x","inputs":{"x":{"shape":[1000000,1000000],"base64":"AAAA"}}}""", HttpStatusCode.BadRequest)]
    [InlineData("/jacobians", """{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Expand","inputs":["x"],"attributes":{"shape":[100000]}},{"name":"z","op":"ReduceSum","inputs":["q"],"attributes":{"keepdims":0}},{"name":"q","op":"Expand","inputs":["x"],"attributes":{"shape":[200000000]}}],"outputs":["y","q"]},"inputs":{"x":1}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/hessians", """{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"q","op":"Expand","inputs":["x"],"attributes":{"shape":[200000000]}},{"name":"y","op":"ReduceSum","inputs":["q"],"attributes":{"keepdims":0}},{"name":"p","op":"Expand","inputs":["x"],"attributes":{"shape":[200000000]}},{"name":"z","op":"ReduceSum","inputs":["p"],"attributes":{"keepdims":0}},{"name":"L","op":"Mul","inputs":["y","z"]}],"outputs":["L"]},"inputs":{"x":1}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_request_that_is_too_large_is_refused(string route, string body, HttpStatusCode status) =>
        await RefusedAsync(route, body, status);

    [Fact]
    public async Task A_declared_shape_allocates_nothing() => await RefusedAsync(
        "/evaluations", $$$"""{"graph":{"inputs":[{"name":"x","shape":{{{Square}}}}],"nodes":[{"name":"y","op":"Exp","inputs":["x"]}],"outputs":["y"]},"inputs":{"x":1}}""", HttpStatusCode.UnprocessableEntity, names: "[1000000,1000000]");

    [Fact]
    public async Task A_jacobian_of_two_long_vectors_is_refused()
    {
        string vector = $"[{string.Join(',', Enumerable.Repeat("1", 20_000))}]";
        await RefusedAsync("/jacobians", $$"""{"expression":"y = x*x","inputs":{"x":{{vector}} } }""", HttpStatusCode.UnprocessableEntity);
    }

    private async Task RefusedAsync(string route, string body, HttpStatusCode status, string names = "Limits:Max")
    {
        await api.Http.GetAsync("/health/live");
        long before = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        using var response = await api.Http.PostAsync(route, new StringContent(body, Encoding.UTF8, "application/json"));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long allocated = GC.GetTotalAllocatedBytes() - before;
        var problem = await response.ShouldBeProblemAsync(status);
        if (status == HttpStatusCode.UnprocessableEntity)
        {
            problem.ToJsonString().ShouldContain(names);
        }

        allocated.ShouldBeLessThan(Little);
        seconds.ShouldBeLessThan(5);
    }
}
