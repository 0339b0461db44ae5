using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

public sealed class UmBridgeTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Input = "\"input\":[[1.0,2.0],[3.0,4.0,5.0]]";
    private const string Mixed = """
        { "inputs": [{ "name": "x", "shape": ["n"] }, { "name": "k", "shape": ["n"], "dtype": "int64" }, { "name": "keep", "shape": [], "dtype": "bool" }],
          "nodes": [{ "name": "f", "op": "Cast", "inputs": ["k"], "attributes": { "to": 11 } }, { "name": "p", "op": "Mul", "inputs": ["x", "f"] },
                    { "name": "y", "op": "Where", "inputs": ["keep", "p", 0] }, { "name": "j", "op": "ArgMax", "inputs": ["x"], "attributes": { "keepdims": 0 } }],
          "outputs": ["y", "j"] }
        """;

    public async Task InitializeAsync()
    {
        await api.RegisterAsync(Models.Forward, "forward");
        await api.RegisterAsync(Mixed, "mixed");
        await api.RegisterExpressionAsync("y = log(x)", "logarithm");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("/ModelInfo", "", """{"support":{"Evaluate":true,"Gradient":true,"ApplyJacobian":true,"ApplyHessian":true}}""")]
    [InlineData("/InputSizes", "\"config\":{}", """{"inputSizes":[2,3]}""")]
    [InlineData("/OutputSizes", "\"config\":{}", """{"outputSizes":[3,1]}""")]
    [InlineData("/Evaluate", Input, """{"output":[[27,48,75],[36]]}""")]
    [InlineData("/Gradient", Input + ",\"outWrt\":0,\"inWrt\":1,\"sens\":[1,1,1]", """{"output":[18,24,30]}""")]
    [InlineData("/ApplyJacobian", Input + ",\"outWrt\":0,\"inWrt\":0,\"vec\":[1,0]", """{"output":[18,32,50]}""")]
    [InlineData("/ApplyHessian", Input + ",\"outWrt\":0,\"inWrt1\":1,\"inWrt2\":0,\"sens\":[1,1,1],\"vec\":[1,0]", """{"output":[12,16,20]}""")]
    public async Task The_worked_example_answers_its_numbers_without_a_media_type_and_whatever_the_config(string route, string members, string expected)
    {
        foreach (string config in new[] { "", ",\"config\":{}", ",\"config\":null", ",\"config\":{\"fidelity\":3}" })
        {
            string body = members.Contains("config", StringComparison.Ordinal) ? $"{{\"name\":\"forward\",{members}}}" : $"{{\"name\":\"forward\"{(members.Length > 0 ? "," : "")}{members}{config}}}";
            (int status, JsonNode answer) = await api.SendAsync(route, body);
            status.ShouldBe(200, answer.ToJsonString());
            JsonNode.DeepEquals(answer, JsonNode.Parse(expected)).ShouldBeTrue(answer.ToJsonString());
        }
    }

    [Fact]
    public async Task Info_has_a_numeric_version_and_names_aliases_before_ids()
    {
        string id = await api.RegisterAsync(Models.Forward, "forward");
        string text = await api.Http.GetStringAsync("/Info");
        text.ShouldStartWith("""{"protocolVersion":1.0,"models":["forward","mixed","logarithm",""");
        JsonNode.Parse(text)!["models"]!.AsArray().Select(name => (string)name!).ShouldContain(id);
        (await api.SendAsync("/InputSizes", $$"""{"name":"{{id}}"}""")).Body["inputSizes"]!.ToJsonString().ShouldBe("[2,3]");
    }

    [Fact]
    public async Task Head_of_the_root_answers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        ((int)(await api.Http.SendAsync(request)).StatusCode).ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData("/Evaluate", """{"name":"forward","input":[[2,3],[1,2,3]],"config":[]}""", "config: config must be an object.")]
    [InlineData("/Evaluate", """{"name":"forward","input":[[2,null],[1,2,3]]}""", "input[0]: An element must be a number; got null.")]
    [InlineData("/Evaluate", """{"name":"forward","input":[[2,3],[1]]}""", "input[1]: input[1] must have 3 numbers; got 1.")]
    [InlineData("/Evaluate", """{"name":"logarithm","input":[[1,2]]}""", "input[0]: input[0] must have 1 number; got 2.")]
    [InlineData("/Evaluate", """{"name":"forward","input":[[1,2""", "Malformed JSON")]
    public async Task Errors_name_what_is_wrong_and_where(string route, string body, string message)
    {
        (int status, JsonNode answer) = await api.SendAsync(route, body);
        status.ShouldBe(400);
        ((string)answer["error"]!["message"]!).ShouldStartWith(message);
    }

    [Theory]
    [InlineData("/Evaluate", "{\"name\":\"wrong\"}", "ModelNotFound")]
    [InlineData("/Gradient", "{\"name\":\"wrong\",\"input\":7}", "ModelNotFound")]
    [InlineData("/ModelInfo", "{\"name\":\"wrong\"}", "ModelNotFound")]
    [InlineData("/InputSizes", "{\"name\":\"\"}", "ModelNotFound")]
    [InlineData("/Evaluate", "{\"name\":7}", "InvalidInput")]
    [InlineData("/Evaluate", "{}", "InvalidInput")]
    [InlineData("/Evaluate", "", "InvalidInput")]
    [InlineData("/Evaluate", "null", "InvalidInput")]
    [InlineData("/Evaluate", "[1]", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\"", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\"}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[1,2]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,2]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,2,3],[1,2,3]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,\"NaN\"],[1,2,3]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,NaN],[1,2,3]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,true],[1,2,3]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\",\"input\":[[1,1e999],[1,2,3]]}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\"," + Input + ",\"config\":7}", "InvalidInput")]
    [InlineData("/Evaluate", "{\"name\":\"forward\"," + Input + ",\"config\":{\"shapes\":{\"a\":[2]}}}", "InvalidInput")]
    [InlineData("/Gradient", "{\"name\":\"forward\"," + Input + ",\"outWrt\":2,\"inWrt\":0,\"sens\":[1,1,1]}", "InvalidInput")]
    [InlineData("/Gradient", "{\"name\":\"forward\"," + Input + ",\"outWrt\":0,\"inWrt\":2,\"sens\":[1,1,1]}", "InvalidInput")]
    [InlineData("/Gradient", "{\"name\":\"forward\"," + Input + ",\"outWrt\":-1,\"inWrt\":0,\"sens\":[1,1,1]}", "InvalidInput")]
    [InlineData("/Gradient", "{\"name\":\"forward\"," + Input + ",\"outWrt\":0,\"inWrt\":0,\"sens\":[1,1]}", "InvalidInput")]
    [InlineData("/ApplyJacobian", "{\"name\":\"forward\"," + Input + ",\"outWrt\":0,\"inWrt\":0,\"vec\":[1]}", "InvalidInput")]
    [InlineData("/ApplyJacobian", "{\"name\":\"forward\"," + Input + ",\"outWrt\":0,\"inWrt\":0,\"vec\":{\"shape\":[2],\"data\":[1,2]}}", "InvalidInput")]
    [InlineData("/ApplyHessian", "{\"name\":\"forward\"," + Input + ",\"outWrt\":0,\"inWrt1\":0,\"inWrt2\":1,\"sens\":[1,1,1],\"vec\":[1,1]}", "InvalidInput")]
    [InlineData("/InputSizes", "{\"name\":\"mixed\"}", "InvalidInput")]
    [InlineData("/InputSizes", "{\"name\":\"mixed\",\"config\":{\"dimensions\":{\"n\":-1}}}", "InvalidInput")]
    [InlineData("/Gradient", "{\"name\":\"mixed\",\"input\":[[1,2],[3,4],[1]],\"outWrt\":0,\"inWrt\":1,\"sens\":[1,1],\"config\":{\"dimensions\":{\"n\":2}}}", "UnsupportedFeature")]
    [InlineData("/Gradient", "{\"name\":\"mixed\",\"input\":[[1,2],[3,4],[1]],\"outWrt\":1,\"inWrt\":0,\"sens\":[1],\"config\":{\"dimensions\":{\"n\":2}}}", "UnsupportedFeature")]
    [InlineData("/Evaluate", "{\"name\":\"logarithm\",\"input\":[[-1]]}", "InvalidOutput", 500)]
    [InlineData("/Gradient", "{\"name\":\"logarithm\",\"input\":[[0]],\"outWrt\":0,\"inWrt\":0,\"sens\":[1]}", "InvalidOutput", 500)]
    public async Task Errors_have_exactly_two_keys(string route, string body, string type, int status = 400)
    {
        (int answered, JsonNode answer) = await api.SendAsync(route, body);
        answered.ShouldBe(status, answer.ToJsonString());
        answer.AsObject().Select(member => member.Key).ShouldBe(["error"]);
        answer["error"]!.AsObject().Select(member => member.Key).ShouldBe(["type", "message"]);
        ((string)answer["error"]!["type"]!).ShouldBe(type, answer.ToJsonString());
        ((string)answer["error"]!["message"]!).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Shapes_come_from_the_config_where_they_are_open()
    {
        (_, JsonNode sizes) = await api.SendAsync("/InputSizes", """{"name":"mixed","config":{"dimensions":{"n":2}}}""");
        sizes["inputSizes"]!.ToJsonString().ShouldBe("[2,2,1]");
        (_, JsonNode value) = await api.SendAsync("/Evaluate", """{"name":"mixed","input":[[0.5,-2],[3,4],[1]],"config":{"dimensions":{"n":2}}}""");
        value["output"]!.ToJsonString().ShouldBe("[[1.5,-8],[0]]");
        (_, JsonNode scalar) = await api.SendAsync("/OutputSizes", """{"name":"logarithm"}""");
        scalar["outputSizes"]!.ToJsonString().ShouldBe("[1]");
        (_, JsonNode matrix) = await api.SendAsync("/OutputSizes", """{"name":"logarithm","config":{"shapes":{"x":[2,3]}}}""");
        matrix["outputSizes"]!.ToJsonString().ShouldBe("[6]");
        (_, JsonNode gradient) = await api.SendAsync("/Gradient", """{"name":"logarithm","input":[[1,2,4,8]],"outWrt":0,"inWrt":0,"sens":[1,1,1,2],"config":{"shapes":{"x":[2,2]}}}""");
        gradient["output"]!.ToJsonString().ShouldBe("[1,0.5,0.25,0.25]");
    }

    [Fact]
    public async Task A_graph_without_floats_is_only_evaluated()
    {
        await api.RegisterAsync("""{"inputs":[{"name":"k","shape":[2],"dtype":"int64"}],"nodes":[{"name":"y","op":"Mul","inputs":["k",3]}],"outputs":["y"]}""", "integers");
        (_, JsonNode info) = await api.SendAsync("/ModelInfo", """{"name":"integers"}""");
        info.ToJsonString().ShouldBe("""{"support":{"Evaluate":true,"Gradient":false,"ApplyJacobian":false,"ApplyHessian":false}}""");
        (await api.SendAsync("/Evaluate", """{"name":"integers","input":[[1,2]]}""")).Body.ToJsonString().ShouldBe("""{"output":[[3,6]]}""");
        (int status, JsonNode answer) = await api.SendAsync("/Gradient", """{"name":"integers"}""");
        (status, (string)answer["error"]!["type"]!).ShouldBe((400, "UnsupportedFeature"));
    }

    [Fact]
    public async Task The_products_agree_with_central_differences()
    {
        const double h = 1e-5;
        double[] a = [0.7, -1.3], b = [0.4, 1.1, -0.6], sens = [0.3, -1.2, 0.9], vec = [0.8, -0.5];
        double[] moved = await CentralAsync(async (double t) => await ProductAsync("Evaluate", At(t), ""));
        Near(await ProductAsync("ApplyJacobian", a, $"\"outWrt\":0,\"inWrt\":0,\"vec\":{Json(vec)}"), moved);
        double[] turned = await CentralAsync(async (double t) => await ProductAsync("Gradient", At(t), $"\"outWrt\":0,\"inWrt\":1,\"sens\":{Json(sens)}"));
        Near(await ProductAsync("ApplyHessian", a, $"\"outWrt\":0,\"inWrt1\":1,\"inWrt2\":0,\"sens\":{Json(sens)},\"vec\":{Json(vec)}"), turned);
        double[] gradient = await ProductAsync("Gradient", a, $"\"outWrt\":0,\"inWrt\":0,\"sens\":{Json(sens)}");
        gradient.Zip(vec, (g, v) => g * v).Sum().ShouldBe(sens.Zip(moved, (s, m) => s * m).Sum(), 1e-8);

        double[] At(double t) => [.. a.Zip(vec, (x, v) => x + (t * v))];

        async Task<double[]> CentralAsync(Func<double, Task<double[]>> f)
        {
            double[] up = await f(h), down = await f(-h);
            return [.. up.Zip(down, (x, y) => (x - y) / (2 * h))];
        }

        async Task<double[]> ProductAsync(string route, double[] at, string members)
        {
            (int status, JsonNode answer) = await api.SendAsync($"/{route}", $"{{\"name\":\"forward\",\"input\":[{Json(at)},{Json(b)}]{(members.Length > 0 ? "," : "")}{members}}}");
            status.ShouldBe(200, answer.ToJsonString());
            return (route == "Evaluate" ? answer["output"]![0]! : answer["output"]!).Numbers();
        }
    }

    [Fact]
    public async Task Names_may_be_odd_and_a_large_body_is_taken()
    {
        await api.RegisterAsync("""{"inputs":[{"name":"x.y \u00e9\"","shape":[400000]}],"nodes":[{"name":"o:1 \u2211","op":"ReduceSum","inputs":["x.y \u00e9\""],"attributes":{"keepdims":0}}],"outputs":["o:1 \u2211"]}""", "sum-of-all");
        string body = $"{{\"name\":\"sum-of-all\",\"input\":[[{string.Join(',', Enumerable.Repeat("1.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", 400_000))}]],\"outWrt\":0,\"inWrt\":0,\"vec\":[{string.Join(',', Enumerable.Repeat("2", 400_000))}]}}";
        body.Length.ShouldBeGreaterThan(30_000_000);
        (int status, JsonNode answer) = await api.SendAsync("/ApplyJacobian", body);
        status.ShouldBe(200, answer.ToJsonString());
        answer.ToJsonString().ShouldBe("""{"output":[800000]}""");
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, 200), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            (int status, JsonNode answer) = await api.SendAsync("/Gradient", $$"""{"name":"forward","input":[[1,2],[{{i}},0,0]],"outWrt":0,"inWrt":1,"sens":[1,0,0]}""");
            status.ShouldBe(200, answer.ToJsonString());
            answer["output"]!.Numbers().ShouldBe([6.0 * i, 0, 0]);
        });
    }

    private static string Json(double[] values) => new JsonArray([.. values.Select(value => JsonValue.Create(value))]).ToJsonString();

    private static void Near(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-7);
        }
    }
}
