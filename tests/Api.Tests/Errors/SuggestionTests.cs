using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Errors;

/// <summary>What newcomers type, and the answers that say how to fix it.</summary>
public sealed class SuggestionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("MatMull", "'MatMul'")]
    [InlineData("matmul", "'MatMul'")]
    [InlineData("ReLU", "'Relu'")]
    [InlineData("Multiply", "'Mul'")]
    [InlineData("dot", "'MatMul'")]
    [InlineData("Plus", "'Add'")]
    [InlineData("CrossEntropyLoss", "'SoftmaxCrossEntropyLoss'")]
    [InlineData("layer_norm", "'LayerNormalization'")]
    public async Task An_unknown_operator_has_a_near_one(string op, string meant)
    {
        string body = $$$"""{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"{{{op}}}","inputs":["x","x"]}],"outputs":["y"]},"inputs":{"x":1}}""";
        (await ErrorAsync("/gradients", body, HttpStatusCode.UnprocessableEntity, "graph.nodes[0].op")).ShouldEndWith($"did you mean {meant}?");
        (await DetailAsync(await api.Http.GetAsync($"/operators/{op}"), HttpStatusCode.NotFound)).ShouldEndWith($"did you mean {meant}?");
    }

    [Theory]
    [InlineData("/gradients", """{"expr":"x^2"}""", "expr", "'expression'")]
    [InlineData("/gradients", """{"Expression":"x^2"}""", "Expression", "'expression'")]
    [InlineData("/gradients", """{"expression":"x^2","variables":{"x":2}}""", "variables", "'inputs'")]
    [InlineData("/gradients", """{"expression":"x^2","with_respect_to":["x"]}""", "with_respect_to", "'wrt'")]
    [InlineData("/gradients", """{"expression":"x^2","Trace":true}""", "Trace", "'trace'")]
    [InlineData("/gradients", """{"expression":"x^2","graph_id":"x"}""", "graph_id", "'graphId'")]
    [InlineData("/gradients", """{"graph":{"inputs":[],"nodes":[{"name":"y","type":"Exp","inputs":["x"]}],"outputs":["y"]}}""", "graph.nodes[0].type", "'op'")]
    [InlineData("/gradients", """{"graph":{"inputs":[],"nodes":[{"name":"y","op_type":"Exp","inputs":["x"]}],"outputs":["y"]}}""", "graph.nodes[0].op_type", "'op'")]
    [InlineData("/step-costs", """{"model":"gpt2","gpus":8}""", "gpus", "'devices'")]
    [InlineData("/step-costs", """{"model":"gpt2","seqLen":8}""", "seqLen", "'sequenceLength'")]
    [InlineData("/step-costs", """{"model":"gpt2","zero":3}""", "zero", "'zeroStage'")]
    [InlineData("/step-costs", """{"model":"gpt2","fsdp":true}""", "fsdp", "'zeroStage'")]
    [InlineData("/step-costs", """{"model":"gpt2","bfloat16":true}""", "bfloat16", "'precision'")]
    [InlineData("/step-costs", """{"model":{"hidden_size":768}}""", "model.hidden_size", "'hidden'")]
    [InlineData("/quizzes", """{"filters":{"companies":["Google"]}}""", "filters.companies", "'company'")]
    public async Task An_unknown_member_has_a_near_one(string route, string body, string path, string meant) =>
        (await ErrorAsync(route, body, HttpStatusCode.BadRequest, path)).ShouldBe($"Unknown member; did you mean {meant}?");

    [Theory]
    [InlineData("""{"expression":"x^2","zzzzzzz":1}""", "zzzzzzz", "expected one of wrt, output")]
    [InlineData("""{"graph":{"inputs":[{"name":"x","zzzzzzz":1}],"nodes":[],"outputs":[]}}""", "graph.inputs[0].zzzzzzz", "expected name, dtype or shape")]
    public async Task A_member_like_no_other_lists_those_there_are(string body, string path, string list) =>
        (await ErrorAsync("/gradients", body, HttpStatusCode.BadRequest, path)).ShouldContain(list);

    [Theory]
    [InlineData("""{"graph":{"inputs":["x"],"nodes":[],"outputs":[]}}""", "graph.inputs[0]", """write {"name":"x"}""")]
    [InlineData("{\n \"graph\":{\n  \"inputs\":[\"é\"],\"nodes\":[],\"outputs\":[]}}", "graph.inputs[0]", """write {"name":"é"}""")]
    [InlineData("""{"graph":{"inputs":[{"name":"x"}],"nodes":["Exp"],"outputs":[]}}""", "graph.nodes[0]", "expected an object with op, inputs")]
    public async Task A_text_in_the_place_of_an_object_shows_the_object(string body, string path, string form) =>
        (await ErrorAsync("/gradients", body, HttpStatusCode.BadRequest, path)).ShouldContain(form);

    [Theory]
    [InlineData("""{"expression":"a*b","inputs":{"a":1,"B":2}}""", "inputs.B", "'b'")]
    [InlineData("""{"expression":"L = a*b","inputs":{"a":1,"b":2},"wrt":["A"]}""", "wrt[0]", "'a'")]
    [InlineData("""{"expression":"L = a*b","inputs":{"a":1,"b":2},"output":"l"}""", "output", "'L'")]
    [InlineData("""{"expression":"L = weight*b","inputs":{"weight":1,"b":2},"wrt":["wieght"]}""", "wrt[0]", "'weight'")]
    public async Task A_wrong_name_has_a_near_one(string body, string path, string meant) =>
        (await ErrorAsync("/gradients", body, HttpStatusCode.UnprocessableEntity, path)).ShouldEndWith($"did you mean {meant}?");

    [Theory]
    [InlineData("""{"expression":"L = a*b","inputs":{"a":1,"b":2},"wrt":["zzz"]}""", "wrt[0]", "expected a or b")]
    [InlineData("""{"expression":"a*b","inputs":{"a":1,"b":2,"zzz":3}}""", "inputs.zzz", "expected a or b")]
    [InlineData("""{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Exp","inputs":["q"]}],"outputs":["y"]},"inputs":{"x":1}}""", "graph.nodes[0].inputs[0]", "expected x or y")]
    [InlineData("""{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Exp","inputs":["x"]}],"outputs":["q"]},"inputs":{"x":1}}""", "graph.outputs[0]", "expected x or y")]
    public async Task A_name_like_no_other_lists_those_there_are(string body, string path, string list) =>
        (await ErrorAsync("/gradients", body, HttpStatusCode.UnprocessableEntity, path)).ShouldEndWith(list);

    [Theory]
    [InlineData("/models/GPT-2", "gpt2")]
    [InlineData("/models/GPT-3", "gpt3-175b")]
    [InlineData("/hardware/H100", "h100-sxm-80gb")]
    [InlineData("/hardware/L4", "l4-24gb")]
    [InlineData("/hardware/TPU-v4", "tpu-v4")]
    public async Task Ids_and_aliases_ignore_case(string route, string id) =>
        JsonNode.Parse(await api.Http.GetStringAsync(route))!["id"]!.GetValue<string>().ShouldBe(id);

    [Theory]
    [InlineData("H-100", "'h100'")]
    [InlineData("h100_sxm_80gb", "'h100-sxm-80gb'")]
    public async Task An_id_written_otherwise_leads_to_the_same_device(string id, string meant) =>
        (await ErrorAsync("/step-costs", $$"""{"model":"gpt2","hardware":"{{id}}"}""", HttpStatusCode.UnprocessableEntity, "hardware")).ShouldContain($"did you mean {meant}");

    [Theory]
    [InlineData("POST", "/jacobian", "POST /jacobians")]
    [InlineData("POST", "/v1/gradients", "POST /gradients")]
    [InlineData("POST", "/api/hessian", "POST /hessians")]
    [InlineData("GET", "/question/some-id", "GET /questions/some-id")]
    [InlineData("POST", "/vjp", "POST /vector-jacobian-products")]
    [InlineData("GET", "/model", "GET /models")]
    [InlineData("GET", "/gradent", "POST /gradients")]
    public async Task An_unknown_path_has_a_near_route(string method, string path, string meant)
    {
        HttpResponseMessage response = await api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        (await DetailAsync(response, HttpStatusCode.NotFound)).ShouldEndWith($"did you mean {meant}?");
    }

    [Fact]
    public async Task A_path_like_no_other_leads_to_the_list() =>
        (await DetailAsync(await api.Http.GetAsync("/zzzzzzzzzzzz"), HttpStatusCode.NotFound)).ShouldContain("/swagger");

    [Theory]
    [InlineData("/gradient", """{"expression":"x^2","inputs":{"x":2}}""", "/gradients")]
    [InlineData("/Gradient", """{"expression":"x^2","inputs":{"x":2}}""", "/gradients")]
    [InlineData("/evaluate", """{"inputs":{"x":2}}""", "/evaluations")]
    [InlineData("/evaluate", "", "/evaluations")]
    public async Task The_singular_of_a_route_is_no_request_of_um_bridge(string path, string body, string meant) =>
        (await DetailAsync(await PostAsync(path, body), HttpStatusCode.NotFound)).ShouldContain($"did you mean POST {meant}?");

    [Theory]
    [InlineData("/Gradient", """{"input":[[1]]}""")]
    [InlineData("/gradient", """{"name":"nowhere"}""")]
    public async Task A_request_of_um_bridge_gets_its_errors(string path, string body) =>
        JsonNode.Parse(await (await PostAsync(path, body)).Content.ReadAsStringAsync())!["error"]!["type"]!.GetValue<string>().ShouldNotBeEmpty();

    [Theory]
    [InlineData("/graphs", "application/octet-stream", "application/onnx")]
    [InlineData("/graphs", "multipart/form-data; boundary=x", "application/onnx")]
    [InlineData("/graphs", null, "application/onnx")]
    [InlineData("/gradients", "application/onnx", "POST /graphs")]
    [InlineData("/gradients", "application/octet-stream", "POST /graphs")]
    [InlineData("/gradients", "application/x-www-form-urlencoded", "--json")]
    public async Task Another_media_type_is_told_what_to_send(string route, string? type, string advice)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await DetailAsync(await api.Http.SendAsync(request), HttpStatusCode.UnsupportedMediaType)).ShouldContain(advice);
    }

    [Theory]
    [InlineData("""{"expression":"x","inputs":{"x":NaN}}""", "write \"NaN\" in quotes")]
    [InlineData("""{"expression":"x","inputs":{"x":Infinity}}""", "\"Infinity\"")]
    [InlineData("""{"expression":"x","trace":True}""", "write true")]
    [InlineData("""{'expression':'x'}""", "double quotes")]
    public async Task What_python_writes_and_json_lacks_is_named(string body, string advice) =>
        (await DetailAsync(await PostAsync("/gradients", body), HttpStatusCode.BadRequest)).ShouldContain(advice);

    private async Task<string> ErrorAsync(string route, string body, HttpStatusCode status, string path) =>
        (await (await PostAsync(route, body)).ShouldBeProblemAsync(status)).ErrorAt(path);

    private Task<HttpResponseMessage> PostAsync(string route, string body) =>
        api.Http.PostAsync(route, new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode status) =>
        (await response.ShouldBeProblemAsync(status))["detail"]!.GetValue<string>();
}
