using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Registry;

public sealed class GradientGraphTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Wrt_repeated_gives_as_many_outputs()
    {
        string id = await RegisterAsync(new GraphRegistrationRequest { Expression = SquareOfSum });
        GraphContract gradient = await api.Api.GetGradientGraphAsync(id, "L", ["c", "a"]);
        gradient.Outputs.ShouldBe(["dL/dc", "dL/da"]);
        (await api.Api.GetGradientGraphAsync(id)).Outputs.ShouldBe(["dL/da", "dL/db", "dL/dc"]);
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = gradient, Inputs = Point });
        answer.Outputs.Select(output => (output.Key, output.Value.AsDouble())).ShouldBe([("dL/dc", 8), ("dL/da", -24)]);
    }

    [Fact]
    public async Task One_of_several_outputs_is_chosen()
    {
        string id = await RegisterAsync(new GraphRegistrationRequest { Graph = SquareOfSumGraph with { Outputs = ["d", "L"] } });
        (await api.Api.GetGradientGraphAsync(id, "d", ["b"])).Outputs.ShouldBe(["dd/db"]);
        await api.Api.GetGradientGraphAsync(id).ShouldBeRefusedAsync("output");
        await api.Api.GetGradientGraphAsync(id, "nosuch").ShouldBeRefusedAsync("output");
        await api.Api.GetGradientGraphAsync(id, "L", ["nosuch"]).ShouldBeRefusedAsync("wrt[0]");
    }

    [Fact]
    public async Task An_output_that_is_no_scalar_adds_a_seed()
    {
        string id = await RegisterAsync(new GraphRegistrationRequest { Inputs = [new InputContract { Name = "x", Shape = [3L] }], Nodes = [new NodeContract { Name = "y", Op = "Square", Inputs = ["x"] }], Outputs = ["y"] });
        GraphContract gradient = await api.Api.GetGradientGraphAsync(id);
        gradient.Inputs.Select(input => input.Name).ShouldBe(["x", "seed"]);
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = gradient, Inputs = Values(("x", Vector(1, 2, 3)), ("seed", Vector(1, 10, 0))) });
        answer.Outputs["dy/dx"].ShouldBe([2, 40, 0]);
    }

    [Fact]
    public async Task A_symbolic_dimension_is_bound_by_the_query_or_refused()
    {
        string id = await RegisterAsync(new GraphRegistrationRequest
        {
            Inputs = [new InputContract { Name = "x", Shape = ["batch", 2L] }],
            Nodes = [new NodeContract { Name = "L", Op = "ReduceSumSquare", Inputs = ["x"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } }],
            Outputs = ["L"],
        });
        using var unbound = await api.Http.GetAsync($"/graphs/{id}/gradient-graph");
        (await unbound.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("dimensions.batch").ShouldContain("'batch'");
        using var malformed = await api.Http.GetAsync($"/graphs/{id}/gradient-graph?dimension=batch");
        (await malformed.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("dimension");

        GraphContract gradient = (await api.Http.GetFromJsonAsync<GraphContract>($"/graphs/{id}/gradient-graph?dimension=batch:4", BackpropJson.Create()))!;
        gradient.Inputs[0].Shape.ShouldBe([4L, 2L]);
        TensorValue x = TensorValue.Of([1.0, 2, 3, 4, 5, 6, 7, 8], 4, 2);
        (await api.Api.EvaluateAsync(new EvaluationRequest { Graph = gradient, Inputs = Values(("x", x)) })).Outputs["dL/dx"].ShouldBe([2, 4, 6, 8, 10, 12, 14, 16], shape: [4, 2]);
    }

    [Fact]
    public async Task The_third_derivative_is_the_gradient_graph_of_the_gradient_graph_of_the_gradient_graph()
    {
        string id = await RegisterAsync(new GraphRegistrationRequest { Expression = "y = sin(x)*exp(x)" });
        for (int order = 1; order <= 3; order++)
        {
            id = await RegisterAsync(new GraphRegistrationRequest { Graph = await api.Api.GetGradientGraphAsync(id, wrt: ["x"]) });
        }

        foreach (double x in new[] { -2.5, -1, 0, 0.3, 1.7 })
        {
            var answer = await api.Api.EvaluateAsync(new EvaluationRequest { GraphId = id, Inputs = Values(("x", x)) });
            answer.Outputs.Values.ShouldHaveSingleItem().AsDouble().ShouldBe(2 * Math.Exp(x) * (Math.Cos(x) - Math.Sin(x)), 1e-12);
        }
    }

    private async Task<string> RegisterAsync(GraphRegistrationRequest request) => (await api.Api.RegisterGraphAsync(request)).Id;
}
