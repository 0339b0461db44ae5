using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Costs;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

public sealed class CheckpointPlanTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Expression = "h1 = tanh(x @ v); h2 = tanh(h1 @ w); h3 = tanh(h2 @ w); h4 = tanh(h3 @ w); h5 = tanh(h4 @ w); L = sum(h5^2)";
    private static readonly TensorValue X = TensorValue.Of([.. Enumerable.Range(0, 128).Select(i => 0.01 * i)], 32, 4);
    private static readonly TensorValue V = TensorValue.Of([.. Enumerable.Range(0, 64).Select(i => 0.3 - (0.01 * i))], 4, 16);
    private static readonly TensorValue W = TensorValue.Of([.. Enumerable.Range(0, 256).Select(i => 0.2 - (0.001 * i))], 16, 16);

    [Fact]
    public async Task The_lesson()
    {
        CheckpointPlanAnswer answer = await api.Api.PlanCheckpointsAsync(new CheckpointPlanRequest { Layers = 32, Checkpoints = 5 });

        CheckpointPlan segments = answer.Plans.Segments!;
        segments.LiveActivations.ShouldBe(12);
        segments.Boundaries.ShouldBe([0, 6, 12, 19, 25]);
        (segments.RecomputedLayers, segments.PeakBytes).ShouldBe((25, null));
        segments.Overhead.ShouldBe(25.0 / 96, 1e-15);
        (answer.Plans.BestSegments.Checkpoints, answer.Plans.BestSegments.LiveActivations).ShouldBe((4, 12));
        CheckpointPlan revolve = answer.Plans.Revolve!;
        (revolve.RecomputedLayers, revolve.ForwardSteps).ShouldBe((68, 100));
        revolve.Actions!.Where(step => step.Action == ScheduleAction.Advance).Sum(step => (step.To - step.From)!.Value).ShouldBe(68);
        answer.Formulas.ShouldContain(origin => origin.Figure == "plans.segments.liveActivations" && origin.Formula.EndsWith("5·1 + ⌈32/5⌉·1 = 12"));
        answer.Formulas.ShouldContain(origin => origin.Formula.Contains("3·32 − C(8, 6) = 68"));
    }

    [Theory]
    [InlineData(10, 3, 15)]
    [InlineData(100, 10, 222)]
    public async Task Revolve(int layers, int checkpoints, long advances) => (await api.Api.PlanCheckpointsAsync(
        new CheckpointPlanRequest { Layers = layers, Checkpoints = checkpoints })).Plans.Revolve!.RecomputedLayers.ShouldBe(advances);

    [Fact]
    public async Task A_transformer_whose_layers_keep_17_times_their_input()
    {
        CheckpointPlanAnswer answer = await api.Api.PlanCheckpointsAsync(
            new CheckpointPlanRequest { Layers = 32, Bytes = 34, BoundaryBytes = 2, Milliseconds = 3, MemoryBudget = 216 });

        (answer.Plans.None.PeakBytes, answer.Plans.None.Fits).ShouldBe((1088, false));
        (answer.Plans.Segments!.Checkpoints, answer.Plans.Segments.PeakBytes).ShouldBe((6, 216));
        (answer.Plans.BestSegments.Checkpoints, answer.Plans.BestSegments.PeakBytes).ShouldBe((32, 98));
        answer.Plans.Optimal!.PeakBytes!.Value.ShouldBeLessThanOrEqualTo(216);
        answer.Plans.Optimal.ExtraMs!.Value.ShouldBeLessThanOrEqualTo(answer.Plans.Segments.ExtraMs!.Value);
        answer.Formulas.ShouldContain(origin => origin.Formula.Contains("√(32·34/2) = 23.32"));
    }

    [Fact]
    public async Task A_long_chain_tells_what_it_leaves_out()
    {
        CheckpointPlanAnswer answer = await api.Api.PlanCheckpointsAsync(new CheckpointPlanRequest { Layers = 100_000, Bytes = 8, Checkpoints = 20 });
        answer.Plans.Revolve!.Actions!.Count.ShouldBe(1000);
        answer.Plans.Revolve.ActionsLeftOut!.Value.ShouldBeGreaterThan(100_000);
        answer.Plans.Sqrt.Checkpoints.ShouldBe(317);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_plans_of_a_graph_are_what_gradients_hold_and_repeat(bool isBudget)
    {
        long all = (await api.Api.GradientAsync(Gradient("none"))).Checkpointing!.PlannedPeakBytes;
        string memory = isBudget ? $"\"memoryBudget\":{all - 1}" : "\"checkpoints\":3";
        string body = $$"""{"expression":"{{Expression}}","shapes":{"x":[32,4],"v":[4,16],"w":[16,16]},"device":"host",{{memory}}}""";
        CheckpointPlanAnswer answer = JsonSerializer.Deserialize<CheckpointPlanAnswer>(await (await PostAsync(body)).Content.ReadAsStringAsync(), BackpropJson.Create())!;
        GradientAnswer expected = await api.Api.GradientAsync(Gradient(null));

        answer.GraphId.ShouldBe(expected.GraphId);
        answer.Layers.ShouldBe(answer.Activations!.Count);
        CheckpointPlan?[] plans =
            [answer.Plans.None, answer.Plans.Sqrt, answer.Plans.BestSegments, answer.Plans.Segments, answer.Plans.Revolve, answer.Plans.Optimal];
        foreach (CheckpointPlan plan in plans.OfType<CheckpointPlan>())
        {
            GradientAnswer run = await api.Api.GradientAsync(Gradient(plan.Checkpointing));
            (run.Checkpointing!.MeasuredPeakBytes, run.Checkpointing.RecomputedFlops, run.Checkpointing.Flops).ShouldBe(((long)plan.PeakBytes!, plan.RecomputedFlops!.Value, plan.Flops!.Value));
            Json(run with { Checkpointing = null }).ShouldBe(Json(expected));
        }

        foreach (FrontPoint point in answer.Front)
        {
            CheckpointingReport run = (await api.Api.GradientAsync(Gradient(point.Checkpointing))).Checkpointing!;
            ((double)run.MeasuredPeakBytes, run.RecomputedFlops / answer.Plans.None.Flops!.Value).ShouldBe((point.Peak, point.Overhead));
        }
    }

    [Fact]
    public async Task Values_and_shapes_give_the_same_plans()
    {
        var request = new CheckpointPlanRequest { Expression = Expression, Checkpoints = 2 };
        CheckpointPlanAnswer byValues = await api.Api.PlanCheckpointsAsync(request with { Inputs = Values() });
        CheckpointPlanAnswer byShapes = await api.Api.PlanCheckpointsAsync(
            request with { Shapes = new Dictionary<string, IReadOnlyList<long>> { ["x"] = [32, 4], ["v"] = [4, 16], ["w"] = [16, 16] } });
        Json(byShapes).ShouldBe(Json(byValues));
    }

    [Theory]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("image/svg+xml, application/json;q=0.5", "image/svg+xml")]
    [InlineData("image/svg+xml;q=0.5, application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html", "application/json")]
    public async Task The_answer_is_a_picture_where_that_is_preferred(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/checkpoint-plans") { Content = Body("""{"layers":8,"checkpoints":2}""") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.Vary.ShouldContain("Accept");
    }

    [Fact]
    public async Task The_client_gets_the_picture()
    {
        string svg = await api.Api.DrawCheckpointPlansAsync(new CheckpointPlanRequest { Layers = 32, Checkpoints = 5 });
        XDocument.Parse(svg).Descendants().ShouldContain(element => element.Name.LocalName == "text" && element.Value == "equal segments, 5");
    }

    [Theory]
    [InlineData("""{"layers":0}""", "layers")]
    [InlineData("""{"layers":-3}""", "layers")]
    [InlineData("""{"layers":"NaN"}""", "layers")]
    [InlineData("""{"layers":1e300}""", "layers")]
    [InlineData("""{"layers":2.5}""", "layers")]
    [InlineData("""{"bytes":3}""", "layers")]
    [InlineData("""{"layers":8,"checkpoints":0}""", "checkpoints")]
    [InlineData("""{"layers":8,"checkpoints":9}""", "checkpoints")]
    [InlineData("""{"layers":8,"checkpoints":1e300}""", "checkpoints")]
    [InlineData("""{"layers":8,"bytes":4,"checkpoints":2,"memoryBudget":20}""", "memoryBudget")]
    [InlineData("""{"layers":8,"bytes":4,"memoryBudget":-1}""", "memoryBudget")]
    [InlineData("""{"layers":8,"bytes":4,"memoryBudget":"Infinity"}""", "memoryBudget")]
    [InlineData("""{"layers":8,"memoryBudget":20}""", "bytes")]
    [InlineData("""{"layers":3,"bytes":[4,4]}""", "bytes")]
    [InlineData("""{"bytes":[4,4],"milliseconds":[1,2,3]}""", "milliseconds")]
    [InlineData("""{"bytes":[4,0]}""", "bytes[1]")]
    [InlineData("""{"bytes":[4,"NaN"]}""", "bytes[1]")]
    [InlineData("""{"layers":3,"bytes":1e300}""", "bytes")]
    [InlineData("""{"bytes":[]}""", "layers")]
    [InlineData("""{"layers":3,"milliseconds":-1}""", "milliseconds")]
    [InlineData("""{"layers":3,"backwardToForward":0}""", "backwardToForward")]
    [InlineData("""{"layers":3,"wrt":["x"]}""", "wrt")]
    [InlineData("""{"layers":3,"shapes":{"x":[2]}}""", "shapes")]
    [InlineData("""{"layers":8,"bytes":4,"memoryBudget":7}""", "memoryBudget")]
    [InlineData("""{"expression":"L = x^2","memoryBudget":1}""", "memoryBudget")]
    [InlineData("""{"expression":"L = x^2","backwardToForward":2}""", "backwardToForward")]
    [InlineData("""{"expression":"L = x^2","inputs":{"x":1},"shapes":{"x":[]}}""", "shapes")]
    [InlineData("""{"expression":"L = sum(x)","shapes":{"y":[2]}}""", "shapes.y")]
    [InlineData("""{"expression":"L = sum(x)","shapes":{"x":[-2]}}""", "shapes.x[0]")]
    [InlineData("""{"expression":"L = sum(x)","shapes":{"x":[2000000000,2000000000]}}""", "inputs.x")]
    [InlineData("""{"expression":"L = x^2","wrt":["y"]}""", "wrt[0]")]
    [InlineData("""{"expression":"L = x^2","batch":["x"]}""", "batch")]
    [InlineData("""{"onnx":"AAAA"}""", "onnx")]
    public async Task What_is_wrong_is_told_by_its_path(string body, string path)
    {
        JsonObject problem = await (await PostAsync(body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt(path).ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"layers":3,"expression":"L = x"}""", "")]
    [InlineData("""{"layers":1e999}""", "layers")]
    [InlineData("""{"layers":true}""", "layers")]
    [InlineData("""{"layers":3,"bytes":{}}""", "bytes")]
    [InlineData("""{"layers":3,"bytes":[1,[2]]}""", "bytes[1]")]
    [InlineData("""{"layers":3,"slots":1}""", "slots")]
    public async Task What_is_malformed_is_told_by_its_path(string body, string path)
    {
        JsonObject problem = await (await PostAsync(body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.ErrorAt(path).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Too_many_unequal_layers_name_the_limit()
    {
        string bytes = string.Join(',', Enumerable.Range(1, 3000));
        JsonObject problem = await (await PostAsync($$"""{"bytes":[{{bytes}}],"checkpoints":4}""")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:PlanCells");
        problem.ErrorAt("layers").ShouldNotBeNullOrWhiteSpace();
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, BackpropJson.Create());

    private static Dictionary<string, TensorValue> Values() => new() { ["x"] = X, ["v"] = V, ["w"] = W };

    private static GradientRequest Gradient(CheckpointingContract? checkpointing) =>
        new() { Expression = Expression, Inputs = Values(), Device = DeviceChoice.Host, Checkpointing = checkpointing };

    private async Task<HttpResponseMessage> PostAsync(string body) => await api.Http.PostAsync("/checkpoint-plans", Body(body));
}
