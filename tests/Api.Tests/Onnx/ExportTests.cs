using System.Net;
using System.Net.Http.Headers;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>Registered graphs, their gradients and training steps as models: exported, registered again, and equal in their results.</summary>
public sealed class ExportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Name = "exported";
    private const string Loss = "L = mean(tanh(x @ w + b)^2)";

    [Fact]
    public async Task A_graph_comes_back_from_its_model_with_the_same_gradient()
    {
        await RegisterAsync();
        GraphSummary again = await ImportedAsync(await api.Api.ExportGraphAsync(Name));
        GradientAnswer expected = await api.Api.GradientAsync(Request(Name));
        GradientAnswer answer = await api.Api.GradientAsync(Request(again.Id));
        answer.Value.ToArray().ShouldBe(expected.Value.ToArray());
        foreach ((string input, TensorValue gradient) in expected.Gradients)
        {
            answer.Gradients[input].ToArray().ShouldBe(gradient.ToArray(), 1e-15);
        }
    }

    [Theory]
    [InlineData("expanded")]
    [InlineData("operator")]
    public async Task A_gradient_comes_back_in_either_form(string form)
    {
        await RegisterAsync();
        GraphSummary again = await ImportedAsync(await api.Api.ExportGradientGraphAsync(Name, wrt: ["w", "b"], form: form));
        again.Outputs.ShouldBe(["dL/dw", "dL/db"]);
        GradientAnswer expected = await api.Api.GradientAsync(Request(Name));
        EvaluationAnswer answer = await api.Api.EvaluateAsync(new EvaluationRequest { GraphId = again.Id, Inputs = Inputs() });
        answer.Outputs["dL/dw"].ToArray().ShouldBe(expected.Gradients["w"].ToArray(), 1e-15);
        answer.Outputs["dL/db"].ToArray().ShouldBe(expected.Gradients["b"].ToArray(), 1e-15);
    }

    [Theory]
    [InlineData("adam", 2)]
    [InlineData("adagrad", 1)]
    [InlineData("momentum", 1)]
    public async Task A_step_of_training_makes_the_loss_smaller(string optimizer, int states)
    {
        await RegisterAsync();
        GraphSummary step = await ImportedAsync(await api.Api.ExportTrainingStepAsync(Name, wrt: ["w", "b"], optimizer: optimizer));
        step.Outputs.Count.ShouldBe(1 + (2 * (1 + states)));
        Dictionary<string, TensorValue> inputs = Inputs();
        foreach (string state in step.Inputs.Select(input => input.Name).Where(name => name.Contains('/')))
        {
            inputs[state] = state.StartsWith('w') ? TensorValue.Of(new double[4], [2, 2], ValueEncoding.Nested) : TensorValue.Of(new double[2], [2], ValueEncoding.Nested);
        }

        (inputs["learning_rate"], inputs["step"]) = (0.01, 0);
        double before = double.PositiveInfinity;
        for (int i = 0; i < 5; i++)
        {
            EvaluationAnswer moved = await api.Api.EvaluateAsync(new EvaluationRequest { GraphId = step.Id, Inputs = inputs });
            double loss = moved.Outputs["L"].ToArray().Single();
            loss.ShouldBeLessThan(before);
            before = loss;
            foreach ((string name, TensorValue value) in moved.Outputs.Where(output => output.Key.StartsWith("new/", StringComparison.Ordinal)))
            {
                inputs[name["new/".Length..]] = value;
            }
        }
    }

    [Theory]
    [InlineData("", "application/onnx", HttpStatusCode.OK, "application/onnx")]
    [InlineData("", "*/*", HttpStatusCode.OK, "application/json")]
    [InlineData("/training-step", "application/json", HttpStatusCode.OK, "application/json")]
    [InlineData("/gradient-graph?form=short", "application/onnx", HttpStatusCode.BadRequest, "application/problem+json")]
    [InlineData("/training-step?optimizer=magic", "application/onnx", HttpStatusCode.BadRequest, "application/problem+json")]
    [InlineData("/training-step?wrt=nothing", "application/onnx", HttpStatusCode.UnprocessableEntity, "application/problem+json")]
    public async Task The_form_follows_what_is_accepted(string path, string accept, HttpStatusCode status, string type)
    {
        await RegisterAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphs/{Name}{path}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task An_extent_that_is_open_is_bound_by_the_query()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x", Shape = ["batch", 2] }],
            Nodes = [new NodeContract { Name = "y", Op = "ReduceSum", Inputs = ["x"] }],
            Outputs = ["y"],
        };
        GraphSummary registered = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = graph });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphs/{registered.Id}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/onnx"));
        (await api.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        GraphSummary again = await ImportedAsync(await api.Api.ExportGraphAsync(registered.Id, ["batch:3"]));
        again.Inputs[0].Shape!.ShouldBe([3, 2]);
    }

    private async Task RegisterAsync()
    {
        GraphContract graph = await GraphAsync();
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = graph, Alias = Name });
    }

    // The expression with declared shapes, so that it can be typed without values.
    private async Task<GraphContract> GraphAsync()
    {
        GraphSummary plain = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = Loss });
        GraphContract graph = await api.Api.GetGraphAsync(plain.Id);
        return graph with { Inputs = [.. graph.Inputs.Select(input => input with { Shape = input.Name switch { "x" => [3, 2], "w" => [2, 2], _ => [2] } })] };
    }

    private async Task<GraphSummary> ImportedAsync(Stream model)
    {
        using (model)
        {
            return await api.Api.RegisterModelAsync(model);
        }
    }

    private static GradientRequest Request(string graph) => new() { GraphId = graph, Inputs = Inputs(), Wrt = ["w", "b"] };

    private static Dictionary<string, TensorValue> Inputs() => new()
    {
        ["x"] = TensorValue.Of(new[] { 0.5, -1, 0.25, 2, -0.75, 1 }, [3, 2], ValueEncoding.Nested),
        ["w"] = TensorValue.Of(new[] { 0.3, -0.2, 0.1, 0.4 }, [2, 2], ValueEncoding.Nested),
        ["b"] = TensorValue.Of(new[] { 0.2, -0.1 }, [2], ValueEncoding.Nested),
    };
}
