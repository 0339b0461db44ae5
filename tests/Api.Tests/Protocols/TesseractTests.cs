using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

public sealed class TesseractTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Base = "/tesseracts/vectoradd";
    private const string A = """{"object_type":"array","shape":[3],"dtype":"float64","data":{"buffer":[1,2,3],"encoding":"json"}}""";
    private const string B = """{"object_type":"array","shape":[3],"dtype":"float64","data":{"buffer":[4,5,6],"encoding":"json"}}""";
    private const string Inputs = $$$"""{"a":{{{A}}},"b":{{{B}}},"s":2}""";

    public async Task InitializeAsync()
    {
        await api.RegisterAsync(Models.VectorAdd, "vectoradd");
        await api.RegisterExpressionAsync("y = sin(x) * exp(w)", "curved");
        await api.RegisterAsync(
            """{"inputs":[{"name":"x","shape":[2],"dtype":"float32"},{"name":"k","shape":[2],"dtype":"int64"},{"name":"t","shape":[],"dtype":"bool"}],"nodes":[{"name":"f","op":"Cast","inputs":["k"],"attributes":{"to":1}},{"name":"p","op":"Mul","inputs":["x","f"]},{"name":"y","op":"Where","inputs":["t","p",0]},{"name":"n","op":"Add","inputs":["k",1]}],"outputs":["y","n","t"]}""", "typed");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_worked_example_in_its_encodings()
    {
        const string expected = """{"result":{"object_type":"array","shape":[3],"dtype":"float64","data":{"buffer":[6,9,12],"encoding":"json"}}}""";
        string[] forms =
        [
            A,
            """{"shape":[3],"dtype":"float64","data":{"buffer":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA","encoding":"base64"}}""",
            """{"object_type":"array","shape":[3],"dtype":"float64","data":{"buffer":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA","encoding":"base64"}}""",
            """{"shape":[3],"dtype":"int32","data":{"buffer":[1,2,3],"encoding":"raw"}}""",
            "[1,2,3]", "[1.0,2.0,3.0]",
        ];
        foreach (string a in forms)
        {
            (int status, JsonNode answer) = await api.SendAsync($"{Base}/apply?run_id=run-7", $$$"""{"inputs":{"a":{{{a}}},"b":{{{B}}},"s":2}}""", "application/json", "application/json");
            status.ShouldBe(200, answer.ToJsonString());
            JsonNode.DeepEquals(answer, JsonNode.Parse(expected)).ShouldBeTrue(answer.ToJsonString());
        }
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json+base64", "application/json+base64")]
    [InlineData("application/json;q=0.5, application/json+base64", "application/json+base64")]
    [InlineData("text/html, application/*;q=0.1", "application/json")]
    public async Task The_form_of_an_answer_follows_accept(string? accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Base}/apply") { Content = new StringContent($$$"""{"inputs":{{{Inputs}}}}""") };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await api.Http.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        JsonNode data = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["data"]!;
        if (type == "application/json")
        {
            data.ToJsonString().ShouldBe("""{"buffer":[6,9,12],"encoding":"json"}""");
        }
        else
        {
            MemoryMarshal.Cast<byte, double>(Convert.FromBase64String((string)data["buffer"]!)).ToArray().ShouldBe([6.0, 9, 12]);
        }
    }

    [Fact]
    public async Task Other_forms_are_not_there()
    {
        (int status, JsonNode answer) = await api.SendAsync($"{Base}/apply", $$$"""{"inputs":{{{Inputs}}}}""", "application/json+binref");
        status.ShouldBe(406);
        answer["detail"]!.GetValue<string>().ShouldContain("json+base64");
    }

    [Fact]
    public async Task The_derivatives()
    {
        JsonNode jacobian = await PostAsync("jacobian", $$$"""{"inputs":{{{Inputs}}},"jac_inputs":["a","s"],"jac_outputs":["result"]}""");
        jacobian["result"]!["a"]!["shape"]!.ToJsonString().ShouldBe("[3,3]");
        jacobian["result"]!["a"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[[2,0,0],[0,2,0],[0,0,2]]");
        jacobian["result"]!["s"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[1,2,3]");
        JsonNode jvp = await PostAsync("jacobian_vector_product", $$$"""{"inputs":{{{Inputs}}},"jvp_inputs":["a","s"],"jvp_outputs":["result"],"tangent_vector":{"s":1,"a":[1,0,0]}}""");
        jvp["result"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[3,2,3]");
        JsonNode vjp = await PostAsync("vector_jacobian_product", $$$"""{"inputs":{{{Inputs}}},"vjp_inputs":["a","s"],"vjp_outputs":["result"],"cotangent_vector":{"result":[1,10,100]}}""");
        vjp.AsObject().Select(member => member.Key).ShouldBe(["a", "s"]);
        vjp["a"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[2,20,200]");
        vjp["s"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("321");
    }

    [Fact]
    public async Task Both_products_agree_with_central_differences()
    {
        const double h = 1e-5;
        double[] x = [0.3, -0.8, 1.9], w = [0.2, 0.5, -0.4], dx = [1, -2, 0.5], dw = [0.3, 0.7, -1], bar = [0.6, -1.1, 0.2];
        double[] up = await ApplyAsync(h), down = await ApplyAsync(-h);
        double[] moved = [.. up.Zip(down, (a, b) => (a - b) / (2 * h))];
        JsonNode jvp = await SendAsync("jacobian_vector_product", $$$"""{"inputs":{"x":{{{Array(x)}}},"w":{{{Array(w)}}}},"jvp_inputs":["x","w"],"jvp_outputs":["y"],"tangent_vector":{"x":{{{Array(dx)}}},"w":{{{Array(dw)}}}}}""");
        double[] tangent = Elements(jvp["y"]!);
        for (int i = 0; i < moved.Length; i++)
        {
            tangent[i].ShouldBe(moved[i], 1e-8);
        }

        JsonNode vjp = await SendAsync("vector_jacobian_product", $$$"""{"inputs":{"x":{{{Array(x)}}},"w":{{{Array(w)}}}},"vjp_inputs":["x","w"],"vjp_outputs":["y"],"cotangent_vector":{"y":{{{Array(bar)}}}}}""");
        double pulled = Elements(vjp["x"]!).Zip(dx, (a, b) => a * b).Sum() + Elements(vjp["w"]!).Zip(dw, (a, b) => a * b).Sum();
        pulled.ShouldBe(bar.Zip(moved, (a, b) => a * b).Sum(), 1e-8);

        async Task<double[]> ApplyAsync(double t) => Elements((await SendAsync(
            "apply", $$$"""{"inputs":{"x":{{{Array([.. x.Zip(dx, (a, b) => a + (t * b))])}}},"w":{{{Array([.. w.Zip(dw, (a, b) => a + (t * b))])}}}}}"""))["y"]!);

        async Task<JsonNode> SendAsync(string endpoint, string body)
        {
            (int status, JsonNode answer) = await api.SendAsync($"/tesseracts/curved/{endpoint}", body, "application/json+base64");
            status.ShouldBe(200, answer.ToJsonString());
            return answer;
        }

        static string Array(double[] values) => $$$"""{"shape":[{{{values.Length}}}],"dtype":"float64","data":{"buffer":"{{{Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()))}}}","encoding":"base64"}}""";

        static double[] Elements(JsonNode array) => MemoryMarshal.Cast<byte, double>(Convert.FromBase64String((string)array["data"]!["buffer"]!)).ToArray();
    }

    [Theory]
    [InlineData("float16", "ADwAQA==")]
    [InlineData("float32", "AACAPwAAAEA=")]
    [InlineData("float64", "AAAAAAAA8D8AAAAAAAAAQA==")]
    [InlineData("int8", "AQI=")]
    [InlineData("uint8", "AQI=")]
    [InlineData("int16", "AQACAA==")]
    [InlineData("uint16", "AQACAA==")]
    [InlineData("int32", "AQAAAAIAAAA=")]
    [InlineData("uint32", "AQAAAAIAAAA=")]
    [InlineData("int64", "AQAAAAAAAAACAAAAAAAAAA==")]
    [InlineData("uint64", "AQAAAAAAAAACAAAAAAAAAA==")]
    public async Task Dtypes_are_converted_as_numpy_would(string dtype, string bytes)
    {
        string x = $$$"""{"shape":[2],"dtype":"{{{dtype}}}","data":{"buffer":"{{{bytes}}}","encoding":"base64"}}""";
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/typed/apply", $$$"""{"inputs":{"x":{{{x}}},"k":[3,4],"t":true}}""");
        status.ShouldBe(200, answer.ToJsonString());
        (answer["y"]!["dtype"]!.GetValue<string>(), answer["y"]!["data"]!["buffer"]!.ToJsonString()).ShouldBe(("float32", "[3,8]"));
        (answer["n"]!["dtype"]!.GetValue<string>(), answer["n"]!["data"]!["buffer"]!.ToJsonString()).ShouldBe(("int64", "[4,5]"));
        (answer["t"]!["dtype"]!.GetValue<string>(), answer["t"]!["data"]!["buffer"]!.ToJsonString()).ShouldBe(("bool", "true"));
    }

    [Theory]
    [InlineData("{}", "missing", "body.inputs")]
    [InlineData("""{"inputs":{"a":[1],"s":1}}""", "missing", "body.inputs.b")]
    [InlineData("""{"inputs":{"a":[1],"b":[1],"s":1,"c":2}}""", "extra_forbidden", "body.inputs.c")]
    [InlineData("""{"inputs":{"a":[1],"b":[1],"s":1},"more":{}}""", "extra_forbidden", "body.more")]
    [InlineData("""{"inputs":[1]}""", "dict_type", "body.inputs")]
    [InlineData("""{"inputs":{"a":[1,2],"b":[1],"s":1}}""", "value_error", "body.inputs.b")]
    [InlineData("""{"inputs":{"a":[[1]],"b":[1],"s":1}}""", "value_error", "body.inputs.a")]
    [InlineData("""{"inputs":{"a":[1,[2]],"b":[1],"s":1}}""", "value_error", "body.inputs.a")]
    [InlineData("""{"inputs":{"a":"one","b":[1],"s":1}}""", "value_error", "body.inputs.a")]
    [InlineData("""{"inputs":{"a":null,"b":[1],"s":1}}""", "value_error", "body.inputs.a")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"complex64","data":{"buffer":[1],"encoding":"json"}},"b":[1],"s":1}}""", "literal_error", "body.inputs.a.dtype")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"float64"},"b":[1],"s":1}}""", "missing", "body.inputs.a.data")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"float64","data":{"buffer":[1]}},"b":[1],"s":1}}""", "missing", "body.inputs.a.data.encoding")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"float64","data":{"buffer":"x","encoding":"binref"}},"b":[1],"s":1}}""", "literal_error", "body.inputs.a.data.encoding")]
    [InlineData("""{"inputs":{"a":{"shape":[2],"dtype":"float64","data":{"buffer":[1],"encoding":"json"}},"b":[1],"s":1}}""", "value_error", "body.inputs.a.data.buffer")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"float64","data":{"buffer":"AAAA","encoding":"base64"}},"b":[1],"s":1}}""", "value_error", "body.inputs.a.data.buffer")]
    [InlineData("""{"inputs":{"a":{"shape":[1],"dtype":"int8","data":{"buffer":[300],"encoding":"json"}},"b":[1],"s":1}}""", "value_error", "body.inputs.a.data.buffer")]
    [InlineData("""{"inputs":{"a":{"shape":[-1],"dtype":"float64","data":{"buffer":[1],"encoding":"json"}},"b":[1],"s":1}}""", "value_error", "body.inputs.a.shape")]
    [InlineData("""{"inputs":{"a":{"shape":[2000000000,2000000000],"dtype":"float64","data":{"buffer":[1],"encoding":"json"}},"b":[1],"s":1}}""", "value_error", "body")]
    [InlineData("""{"inputs":{"a":{"object_type":"tensor","shape":[1],"dtype":"float64","data":{"buffer":[1],"encoding":"json"}},"b":[1],"s":1}}""", "literal_error", "body.inputs.a.object_type")]
    [InlineData("{", "json_invalid", "body")]
    [InlineData("", "json_invalid", "body")]
    [InlineData("null", "json_invalid", "body")]
    public async Task What_is_wrong_is_a_list(string body, string type, string loc)
    {
        (int status, JsonNode answer) = await api.SendAsync($"{Base}/apply", body);
        status.ShouldBe(422, answer.ToJsonString());
        JsonNode fault = answer["detail"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)fault["type"]!, string.Join('.', fault["loc"]!.AsArray())).ShouldBe((type, loc), answer.ToJsonString());
        ((string)fault["msg"]!).ShouldNotBeNullOrWhiteSpace();
        fault.AsObject().ContainsKey("input").ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_input_is_told_as_pydantic_does_and_all_at_once()
    {
        (int status, JsonNode answer) = await api.SendAsync($"{Base}/apply", """{"inputs":{}}""");
        status.ShouldBe(422);
        answer["detail"]!.AsArray().Count.ShouldBe(3);
        answer["detail"]![1]!.ToJsonString().ShouldBe("""{"type":"missing","loc":["body","inputs","b"],"msg":"Field required","input":{}}""");
    }

    [Theory]
    [InlineData("jacobian", "\"jac_inputs\":[\"a\"],\"jac_outputs\":[\"y\"]", "literal_error", "body.jac_outputs.0")]
    [InlineData("jacobian", "\"jac_inputs\":[],\"jac_outputs\":[\"result\"]", "too_short", "body.jac_inputs")]
    [InlineData("jacobian", "\"jac_inputs\":\"a\",\"jac_outputs\":[\"result\"]", "set_type", "body.jac_inputs")]
    [InlineData("jacobian", "\"jac_outputs\":[\"result\"]", "missing", "body.jac_inputs")]
    [InlineData("jacobian_vector_product", "\"jvp_inputs\":[\"a\"],\"jvp_outputs\":[\"result\"],\"tangent_vector\":{\"b\":[1,1,1]}", "value_error", "body.tangent_vector")]
    [InlineData("jacobian_vector_product", "\"jvp_inputs\":[\"a\"],\"jvp_outputs\":[\"result\"],\"tangent_vector\":{\"a\":[1,1]}", "value_error", "body.tangent_vector.a")]
    [InlineData("vector_jacobian_product", "\"vjp_inputs\":[\"a\"],\"vjp_outputs\":[\"result\"],\"cotangent_vector\":{}", "value_error", "body.cotangent_vector")]
    [InlineData("vector_jacobian_product", "\"vjp_inputs\":[\"a\"],\"vjp_outputs\":[\"result\"],\"cotangent_vector\":{\"result\":1}", "value_error", "body.cotangent_vector.result")]
    [InlineData("vector_jacobian_product", "\"vjp_inputs\":[1],\"vjp_outputs\":[\"result\"],\"cotangent_vector\":{\"result\":[1,1,1]}", "literal_error", "body.vjp_inputs.0")]
    public async Task Sets_and_vectors_agree(string endpoint, string members, string type, string loc)
    {
        (int status, JsonNode answer) = await api.SendAsync($"{Base}/{endpoint}", $$$"""{"inputs":{{{Inputs}}},{{{members}}}}""");
        status.ShouldBe(422, answer.ToJsonString());
        JsonNode fault = answer["detail"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)fault["type"]!, string.Join('.', fault["loc"]!.AsArray())).ShouldBe((type, loc), answer.ToJsonString());
    }

    [Fact]
    public async Task Types_are_evaluated_without_values()
    {
        JsonNode answer = await PostAsync("abstract_eval", """{"inputs":{"a":{"shape":[7],"dtype":"float32"},"b":{"shape":[7],"dtype":"float64"},"s":{"shape":[],"dtype":"float64"}}}""");
        answer.ToJsonString().ShouldBe("""{"result":{"shape":[7],"dtype":"float64"}}""");
        (int status, JsonNode refused) = await api.SendAsync($"{Base}/abstract_eval", """{"inputs":{"a":{"shape":[7],"dtype":"float64"},"b":{"shape":[6],"dtype":"float64"},"s":{"shape":[],"dtype":"float64"}}}""");
        status.ShouldBe(422);
        string.Join('.', refused["detail"]![0]!["loc"]!.AsArray()).ShouldBe("body.inputs.b.shape");
    }

    [Fact]
    public async Task A_value_that_decides_a_shape_is_given_in_full()
    {
        await api.RegisterAsync("""{"inputs":[{"name":"x","shape":[6]},{"name":"to","shape":[2],"dtype":"int64"}],"nodes":[{"name":"y","op":"Reshape","inputs":["x","to"]}],"outputs":["y"]}""", "reshaped");
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/reshaped/abstract_eval", """{"inputs":{"x":{"shape":[6],"dtype":"float64"},"to":[3,2]}}""");
        status.ShouldBe(200, answer.ToJsonString());
        answer.ToJsonString().ShouldBe("""{"y":{"shape":[3,2],"dtype":"float64"}}""");
        (int refused, _) = await api.SendAsync("/tesseracts/reshaped/abstract_eval", """{"inputs":{"x":{"shape":[6],"dtype":"float64"},"to":{"shape":[2],"dtype":"int64"}}}""");
        refused.ShouldBe(422);
    }

    [Fact]
    public async Task Not_a_number_travels_in_both_forms()
    {
        await api.RegisterExpressionAsync("y = log(x)", "logarithm");
        (int status, JsonNode answer) = await api.SendAsync("/tesseracts/logarithm/apply", """{"inputs":{"x":[-1,0,1]}}""");
        status.ShouldBe(200);
        answer["y"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("""["NaN","-Infinity",0]""");
    }

    [Fact]
    public async Task Nothing_is_registered_there()
    {
        foreach (string path in new[] { "health", "openapi.json", "docs" })
        {
            using HttpResponseMessage response = await api.Http.GetAsync($"/tesseracts/nowhere/{path}");
            ((int)response.StatusCode).ShouldBe(404);
            JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>().ShouldContain("nowhere");
        }

        (await api.SendAsync("/tesseracts/nowhere/apply", "{}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Gets_may_carry_a_null()
    {
        foreach (string path in new[] { "health", "openapi.json", "docs" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/{path}") { Content = new StringContent("null", Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
            using HttpResponseMessage response = await api.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(200);
        }

        (await api.Http.GetStringAsync($"{Base}/health")).ShouldBe("""{"status":"ok"}""");
    }

    [Fact]
    public async Task The_document_tells_the_bridges_what_they_read()
    {
        JsonNode document = JsonNode.Parse(await api.Http.GetStringAsync($"{Base}/openapi.json"))!;
        document["paths"]!.AsObject().Select(path => path.Key).ShouldBe(
            ["/apply", "/abstract_eval", "/health", "/jacobian", "/jacobian_vector_product", "/vector_jacobian_product"], ignoreOrder: true);
        JsonNode schemas = document["components"]!["schemas"]!;
        schemas["ApplyInputSchema"]!["differentiable_arrays"]!.ToJsonString().ShouldBe(
            """{"a":{"shape":[null],"dtype":"float64"},"b":{"shape":[null],"dtype":"float64"},"s":{"shape":[],"dtype":"float64"}}""");
        schemas["ApplyOutputSchema"]!["differentiable_arrays"]!.AsObject().Select(array => array.Key).ShouldBe(["result"]);
        schemas["Apply_InputSchema"]!["properties"]!.AsObject().Select(array => array.Key).ShouldBe(["a", "b", "s"]);
        schemas["Apply_OutputSchema"]!["properties"]!.AsObject().Select(array => array.Key).ShouldBe(["result"]);
        JsonNode typed = JsonNode.Parse(await api.Http.GetStringAsync("/tesseracts/typed/openapi.json"))!["components"]!["schemas"]!;
        typed["ApplyInputSchema"]!["differentiable_arrays"]!.ToJsonString().ShouldBe("""{"x":{"shape":[2],"dtype":"float32"}}""");
        typed["ApplyOutputSchema"]!["differentiable_arrays"]!.ToJsonString().ShouldBe("""{"y":{"shape":[2],"dtype":"float32"}}""");
    }

    [Fact]
    public async Task The_document_tells_web_forms_what_they_read()
    {
        JsonNode document = JsonNode.Parse(await api.Http.GetStringAsync($"{Base}/openapi.json"))!;
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).ShouldAllBe(operation => (string?)operation.Value!["description"] != null);
        JsonNode schemas = document["components"]!["schemas"]!;
        JsonNode arrays = schemas["Apply_InputSchema"]!["properties"]!;
        JsonNode Shape(string name) => arrays[name]!["properties"]!["shape"]!;
        ((int)Shape("a")["minItems"]!, (int)Shape("a")["maxItems"]!, Shape("a")["prefixItems"]!.AsArray().Count).ShouldBe((1, 1, 1));
        ((int)Shape("s")["minItems"]!, (int)Shape("s")["maxItems"]!).ShouldBe((0, 0));
        arrays["a"]!["array_flags"]!.ToJsonString().ShouldBe("""["DIFFERENTIABLE"]""");
        schemas["ApplyInputSchema"]!["field_order"]!.ToJsonString().ShouldBe("""{"inputs":["a","b","s"]}""");
        schemas["ApplyOutputSchema"]!["field_order"]!.ToJsonString().ShouldBe("""{"":["result"]}""");
    }

    [Fact]
    public async Task Names_may_be_odd()
    {
        string id = await api.RegisterAsync("""{"inputs":[{"name":"x.y <\u00e9>","shape":[2]}],"nodes":[{"name":"o:1 \u2211","op":"Square","inputs":["x.y <\u00e9>"]}],"outputs":["o:1 \u2211"]}""", "odd");
        await RenameAsync("odd", "<b>\u00e9 ?#%&");
        string url = $"/tesseracts/{Uri.EscapeDataString("<b>\u00e9 ?#%&")}";
        (await api.Http.GetStringAsync($"{url}/docs")).ShouldNotContain("<b>\u00e9");
        (_, JsonNode jacobian) = await api.SendAsync($"/tesseracts/{id}/jacobian", """{"inputs":{"x.y <é>":[1,3]},"jac_inputs":["x.y <é>"],"jac_outputs":["o:1 ∑"]}""");
        jacobian["o:1 ∑"]!["x.y <é>"]!["data"]!["buffer"]!.ToJsonString().ShouldBe("[[2,0],[0,6]]");
        (int status, JsonNode wrong) = await api.SendAsync($"{url}/apply", """{"inputs":{"x.y <é>":[1,3,5]}}""");
        (status, (string)wrong["detail"]![0]!["loc"]![2]!).ShouldBe((422, "x.y <é>"));
        wrong["detail"]![0]!["input"]!.ToJsonString().ShouldBe("[1,3,5]");
    }

    // Earlier versions took any text as an alias.
    private async Task RenameAsync(string alias, string name)
    {
        await using BackpropDbContext context = await api.Services.GetRequiredService<IDbContextFactory<BackpropDbContext>>().CreateDbContextAsync();
        await context.GraphAliases.Where(row => row.Alias == alias).ExecuteUpdateAsync(update => update.SetProperty(row => row.Alias, name));
    }

    private async Task<JsonNode> PostAsync(string endpoint, string body)
    {
        (int status, JsonNode answer) = await api.SendAsync($"{Base}/{endpoint}", body);
        status.ShouldBe(200, answer.ToJsonString());
        return answer;
    }
}
