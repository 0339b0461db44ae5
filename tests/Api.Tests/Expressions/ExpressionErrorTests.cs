using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Expressions;

/// <summary>What an error about an expression tells: its place, the part that is meant, and what to do.</summary>
public sealed class ExpressionErrorTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Matrices = """{"x":[[1,2],[3,4]],"w":[1,2,3],"y":[1,2]}""";

    [Theory]
    [InlineData("y + sinn(y)", """{"y":1}""", "expression", "line 1, column 5: unknown function 'sinn'; did you mean 'sin'?", "y + sinn(y)\n    ^^^^")]
    [InlineData("loss = mean((x @ w - y)**2)", Matrices, "expression", "line 1, column 14: in 'x @ w': ", "loss = mean((x @ w - y)**2)\n             ^^^^^")]
    [InlineData("a = 2*y\nL = a + x*w", Matrices, "expression", "line 2, column 9: in 'x*w': ", "L = a + x*w\n        ^^^")]
    [InlineData("L = mse(x, w) + sum(y)", Matrices, "expression", "line 1, column 5: in 'mse(x, w)': ", "L = mse(x, w) + sum(y)\n    ^^^^^^^^^")]
    [InlineData("L = sum(2*a + x)", """{"x":1}""", "inputs.a", "line 1, column 11: the input 'a' has no value", "L = sum(2*a + x)\n          ^")]
    [InlineData("x^2", """{"x":[1,2,3]}""", "seed", "line 1, column 1: in 'x^2': the output 'out' has shape [3], and a gradient is that of one number: wrap the output in sum(…) or mean(…)", "x^2\n^^^")]
    public async Task The_detail_shows_the_place(string expression, string inputs, string path, string message, string excerpt)
    {
        JsonObject problem = await FailAsync(expression, inputs);
        string detail = problem["detail"]!.GetValue<string>();
        detail.ShouldStartWith(message);
        detail.ShouldEndWith("\n\n" + excerpt);
        problem.ErrorAt(path).ShouldBe(detail[..^(excerpt.Length + 2)]);
        string[] lines = excerpt.Split('\n');
        int column = problem["column"]!.GetValue<int>();
        expression.Split('\n')[problem["line"]!.GetValue<int>() - 1].Substring(column - 1, problem["length"]!.GetValue<int>())
            .ShouldBe(lines[0].Substring(lines[1].IndexOf('^'), lines[1].Count(mark => mark == '^')));
    }

    [Theory]
    [InlineData("loss = mean((x @ w - y)**2)", Matrices)]
    [InlineData("a = 2*y\nL = a + x*w", Matrices)]
    [InlineData("L = mse(x, w) + sum(y)", Matrices)]
    [InlineData("L = sum(2*a + x)", """{"x":1}""")]
    [InlineData("x^2", """{"x":[1,2,3]}""")]
    public async Task A_registered_expression_shows_the_same_place(string expression, string inputs)
    {
        string id = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = expression })).Id;
        (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = await api.Api.GetGraphAsync(id) })).Id.ShouldBe(id);
        JsonObject written = await FailAsync(expression, inputs), registered = await FailAsync(id, inputs, "graphId");
        foreach (string member in (string[])["detail", "line", "column", "length"])
        {
            registered[member]!.ToJsonString().ShouldBe(written[member]!.ToJsonString());
        }
    }

    [Fact]
    public async Task The_walk_through_of_a_registered_expression_is_that_of_its_text()
    {
        const string Expression = "loss = mean((x @ w - y)**2)";
        Dictionary<string, TensorValue> inputs = new() { ["x"] = new double[,] { { 1, 2 } }, ["w"] = new double[,] { { 3 }, { 4 } }, ["y"] = 1d };
        string id = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = Expression })).Id;
        GradientAnswer written = await api.Api.GradientAsync(new GradientRequest { Expression = Expression, Inputs = inputs, Trace = true });
        GradientAnswer registered = await api.Api.GradientAsync(new GradientRequest { GraphId = id, Inputs = inputs, Trace = true });
        written.Steps!.Forward.Select(step => step.Expression).ShouldContain("x @ w");
        registered.Steps!.Forward.Select(step => step.Expression).ShouldBe(written.Steps.Forward.Select(step => step.Expression), ignoreOrder: true);
    }

    [Fact]
    public async Task All_missing_inputs_are_told_at_once()
    {
        JsonObject problem = await FailAsync("a*b + c", """{"b":1}""");
        problem["detail"]!.GetValue<string>().ShouldContain("the 2 inputs 'a', 'c' have no values");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["inputs.a", "inputs.c"]);
    }

    [Theory]
    [InlineData("""{"a":2,"B":3}""", "'B' is not an input of the graph; did you mean 'b'?")]
    [InlineData("""{"a":2,"b":1,"zzz":3}""", "'zzz' is not an input of the graph; expected a or b")]
    public async Task A_value_for_no_input_names_the_inputs(string inputs, string message) =>
        (await FailAsync("a*b", inputs))["detail"]!.GetValue<string>().ShouldContain(message);

    [Theory]
    [InlineData("argmax(x)", """{"x":[1,2]}""", "the output 'out' is int64, which has no derivative; differentiate the values that ArgMax takes, and compute ArgMax from them yourself")]
    [InlineData("x == 2", """{"x":1}""", "the output 'out' is bool, which has no derivative; differentiate the values that Equal takes, and compute Equal from them yourself")]
    [InlineData("sum(y * onehot(x, 3))", """{"x":[1,2],"y":1}""", "int64")]
    public async Task What_has_no_derivative_says_what_has_one(string expression, string inputs, string message) =>
        (await FailAsync(expression, inputs))["detail"]!.GetValue<string>().ShouldContain(message);

    [Fact]
    public async Task A_graph_in_json_has_no_place()
    {
        const string Body = """{"graph":{"inputs":[{"name":"a"}],"nodes":[{"name":"y","op":"MatMul","inputs":["a","a"]}],"outputs":["y"]},"inputs":{"a":[1,2]},"seed":[1]}""";
        JsonObject problem = await (await api.Http.PostAsync("/gradients", new StringContent(Body, Encoding.UTF8, "application/json"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ContainsKey("line").ShouldBeFalse();
    }

    private async Task<JsonObject> FailAsync(string expression, string inputs, string member = "expression")
    {
        var body = new JsonObject { [member] = expression, ["inputs"] = JsonNode.Parse(inputs) };
        HttpResponseMessage answer = await api.Http.PostAsync("/gradients", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        return await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }
}
