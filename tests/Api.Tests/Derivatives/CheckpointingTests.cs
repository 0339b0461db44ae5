using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Derivatives;

public sealed class CheckpointingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Layers = "h1 = tanh(x @ w); h2 = tanh(h1 @ w); h3 = tanh(h2 @ w); h4 = tanh(h3 @ w); h5 = tanh(h4 @ w); L = sum(h5^2)";
    private static readonly TensorValue X = TensorValue.Of([0.5, -1, 2, 0.25, -0.75, 1], 3, 2);
    private static readonly TensorValue W = TensorValue.Of([0.1, -0.4, 0.7, 0.2], 2, 2);

    public static TheoryData<CheckpointingContract> Strategies =>
    [
        "none",
        "sqrt",
        new CheckpointingContract { Every = 3 },
        new CheckpointingContract { Save = ["h2", "x"] },
        new CheckpointingContract { Schedule = "revolve", Slots = 2 },
    ];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task The_answer_is_the_same_and_tells_what_it_cost(CheckpointingContract strategy)
    {
        GradientAnswer expected = await api.Api.GradientAsync(Request(null));
        GradientAnswer answer = await api.Api.GradientAsync(Request(strategy));

        expected.Checkpointing.ShouldBeNull();
        Json(answer with { Checkpointing = null }).ShouldBe(Json(expected));
        CheckpointingReport report = answer.Checkpointing.ShouldNotBeNull();
        Json(report.Strategy).ShouldBe(Json(strategy));
        report.MeasuredPeakBytes.ShouldBe(report.PlannedPeakBytes);
        report.PlannedPeakBytes.ShouldBeInRange(report.ResultBytes, report.PlannedPeakBytesWithout);
        report.SavedValues.ShouldBeGreaterThan(0);
        report.Flops.ShouldBeGreaterThan(report.RecomputedFlops);
        (report.RecomputedFlops > 0).ShouldBe(strategy.Strategy != "none");
    }

    [Fact]
    public async Task A_budget_is_kept_by_a_strategy_that_can_be_asked_for()
    {
        long all = (await api.Api.GradientAsync(Request("none"))).Checkpointing!.PlannedPeakBytes;
        CheckpointingReport fitting = (await api.Api.GradientAsync(Request(new CheckpointingContract { MemoryBudget = all - 1 }))).Checkpointing!;
        CheckpointingReport again = (await api.Api.GradientAsync(Request(fitting.Strategy))).Checkpointing!;

        fitting.MeasuredPeakBytes.ShouldBeLessThan(all);
        fitting.RecomputedFlops.ShouldBeGreaterThan(0);
        again.PlannedPeakBytes.ShouldBe(fitting.PlannedPeakBytes);
        again.RecomputedFlops.ShouldBe(fitting.RecomputedFlops);
    }

    [Theory]
    [InlineData("""{"every":0}""", 422, "checkpointing.every")]
    [InlineData("""{"every":1.5}""", 400, "checkpointing.every")]
    [InlineData("""{"schedule":"revolve","slots":-1}""", 422, "checkpointing.slots")]
    [InlineData("""{"schedule":"revolve"}""", 400, "checkpointing.slots")]
    [InlineData("""{"schedule":"spiral","slots":1}""", 400, "checkpointing.schedule")]
    [InlineData("""{"slots":1,"every":1}""", 400, "checkpointing.slots")]
    [InlineData("""{"save":["h2","h9"]}""", 422, "checkpointing.save[1]")]
    [InlineData("""{"save":["h2",3]}""", 400, "checkpointing.save[1]")]
    [InlineData("""{"save":["h2","\ud800"]}""", 400, "checkpointing.save[1]")]
    [InlineData("""{"save":"h2"}""", 400, "checkpointing.save")]
    [InlineData("""{"memoryBudget":0}""", 422, "checkpointing.memoryBudget")]
    [InlineData("""{"memoryBudget":8}""", 422, "checkpointing.memoryBudget")]
    [InlineData("""{"every":2,"memoryBudget":8}""", 400, "checkpointing")]
    [InlineData("""{}""", 400, "checkpointing")]
    [InlineData("""{"segments":2}""", 400, "checkpointing.segments")]
    [InlineData("\"full\"", 400, "checkpointing")]
    [InlineData("3", 400, "checkpointing")]
    public async Task What_is_wrong_is_told_by_its_path(string checkpointing, int status, string path)
    {
        string body = $$"""{"expression":"{{Layers}}","inputs":{"x":[[1,2]],"w":[[1,0],[0,1]]},"checkpointing":{{checkpointing}}}""";
        HttpResponseMessage response = await api.Http.PostAsync("/gradients", new StringContent(body, Encoding.UTF8, "application/json"));

        JsonObject problem = await response.ShouldBeProblemAsync((HttpStatusCode)status);
        problem.ErrorAt(path).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task The_smallest_peak_that_can_be_reached_is_told()
    {
        HttpResponseMessage response = await api.Http.PostAsJsonAsync(
            "/gradients", new { expression = Layers, inputs = new { x = new[] { new[] { 1, 2 } }, w = new[] { new[] { 1, 0 }, [0, 1] } }, checkpointing = new { memoryBudget = 8 } });

        JsonObject problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("checkpointing.memoryBudget").ShouldMatch(@"smallest peak .* \d+ bytes");
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, BackpropJson.Create());

    private static GradientRequest Request(CheckpointingContract? checkpointing) => new()
    {
        Expression = Layers,
        Inputs = new Dictionary<string, TensorValue> { ["x"] = X, ["w"] = W },
        Checkpointing = checkpointing,
    };
}
