using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

/// <summary>The requests of UM-Bridge clients, byte for byte, in order.</summary>
public sealed class UmBridgeClientTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => api.RegisterAsync(Models.Forward, "forward");

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Python's umbridge: states its media type, writes spaces, and looks for "error" whatever the status.</summary>
    [Fact]
    public async Task The_client_in_python()
    {
        JsonNode info = JsonNode.Parse(await api.Http.GetStringAsync("/Info"))!;
        info["protocolVersion"]!.GetValue<double>().ShouldBe(1.0);
        info["models"]!.AsArray().Select(name => (string)name!).ShouldContain("forward");
        (await PostAsync("/ModelInfo", """{"name": "forward"}"""))["support"]!["Gradient"]!.GetValue<bool>().ShouldBeTrue();
        (await PostAsync("/InputSizes", """{"name": "forward", "config": {}}"""))["inputSizes"]!.ToJsonString().ShouldBe("[2,3]");
        (await PostAsync("/OutputSizes", """{"name": "forward", "config": {}}"""))["outputSizes"]!.ToJsonString().ShouldBe("[3,1]");
        (await PostAsync("/Evaluate", """{"name": "forward", "input": [[1.0, 2.0], [3.0, 4.0, 5.0]], "config": {}}"""))["output"]!.ToJsonString().ShouldBe("[[27,48,75],[36]]");
        (await PostAsync("/Gradient", """{"name": "forward", "outWrt": 0, "inWrt": 1, "input": [[1.0, 2.0], [3.0, 4.0, 5.0]], "sens": [1.0, 1.0, 1.0], "config": {}}"""))["output"]!.ToJsonString().ShouldBe("[18,24,30]");
        (await PostAsync("/Evaluate", """{"name": "forward", "input": [[1.0], [3.0, 4.0, 5.0]], "config": {}}"""))["error"]!["type"]!.GetValue<string>().ShouldBe("InvalidInput");

        async Task<JsonNode> PostAsync(string path, string body) => (await api.SendAsync(path, body, "*/*", "application/json")).Body;
    }

    /// <summary>
    /// The C++ header (cpp-httplib, nlohmann::json): waits for the root, sorts the members, sends a form's media type or none; others, in Julia and
    /// the test suite, send none.
    /// </summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task The_client_in_cpp(string? type)
    {
        using (var head = new HttpRequestMessage(HttpMethod.Head, "/"))
        {
            (await api.Http.SendAsync(head)).ShouldNotBeNull();
        }

        (await PostAsync("/InputSizes", """{"config":null,"name":"forward"}"""))["inputSizes"]!.ToJsonString().ShouldBe("[2,3]");
        (await PostAsync("/Evaluate", """{"config":{},"input":[[1.0,2.0],[3.0,4.0,5.0]],"name":"forward"}"""))["output"]!.ToJsonString().ShouldBe("[[27,48,75],[36]]");
        (await PostAsync("/ApplyHessian", """{"config":{},"inWrt1":1,"inWrt2":0,"input":[[1.0,2.0],[3.0,4.0,5.0]],"name":"forward","outWrt":0,"sens":[1.0,1.0,1.0],"vec":[1.0,0.0]}"""))["output"]!.ToJsonString()
            .ShouldBe("[12,16,20]");

        async Task<JsonNode> PostAsync(string path, string body) => (await api.SendAsync(path, body, null, type)).Body;
    }

    /// <summary>The test suite for servers: indented bodies without a media type, vectors of zeros, sizes off by one, on the first model.</summary>
    [Fact]
    public async Task The_test_suite()
    {
        string model = (string)JsonNode.Parse(await api.Http.GetStringAsync("/Info"))!["models"]![0]!;
        long[] inputs = [.. (await PostAsync("/InputSizes", new JsonObject { ["name"] = model }))["inputSizes"]!.AsArray().Select(size => size!.GetValue<long>())];
        long[] outputs = [.. (await PostAsync("/OutputSizes", new JsonObject { ["name"] = model }))["outputSizes"]!.AsArray().Select(size => size!.GetValue<long>())];
        JsonArray output = (await PostAsync("/Evaluate", Body(0)))["output"]!.AsArray();
        output.Select(list => (long)list!.AsArray().Count).ShouldBe(outputs);
        (await PostAsync("/Gradient", Derivative(0, 0)))["output"]!.AsArray().Count.ShouldBe((int)inputs[0]);
        (await PostAsync("/ApplyJacobian", Derivative(0, 0)))["output"]!.AsArray().Count.ShouldBe((int)outputs[0]);
        (await PostAsync("/ApplyHessian", Derivative(0, 0)))["output"]!.AsArray().Count.ShouldBe((int)inputs[0]);
        Error(await PostAsync("/Evaluate", new JsonObject { ["name"] = "wrong_model_name" })).ShouldBe("ModelNotFound");
        Error(await PostAsync("/Evaluate", Body(1))).ShouldBe("InvalidInput");
        foreach (string route in new[] { "/Gradient", "/ApplyJacobian", "/ApplyHessian" })
        {
            Error(await PostAsync(route, Derivative(outputs.Length, 0))).ShouldBe("InvalidInput");
            Error(await PostAsync(route, Derivative(0, inputs.Length))).ShouldBe("InvalidInput");
        }

        JsonObject Body(int more) => new() { ["input"] = new JsonArray([.. inputs.Select(size => Zeros(size + more))]), ["name"] = model, ["config"] = new JsonObject() };

        JsonObject Derivative(int outWrt, int inWrt)
        {
            JsonObject body = Body(0);
            (body["outWrt"], body["inWrt"], body["inWrt1"], body["inWrt2"]) = (outWrt, inWrt, inWrt, inWrt);
            (body["sens"], body["vec"]) = (Zeros(outputs[0]), Zeros(inputs[0]));
            return body;
        }

        async Task<JsonNode> PostAsync(string path, JsonObject body) =>
            (await api.SendAsync(path, body.ToJsonString(new() { WriteIndented = true, IndentSize = 4 }), "*/*")).Body;
    }

    private static JsonArray Zeros(long count) => [.. Enumerable.Repeat(0, (int)count).Select(zero => JsonValue.Create(zero))];

    private static string Error(JsonNode answer) => (string)answer["error"]!["type"]!;
}
