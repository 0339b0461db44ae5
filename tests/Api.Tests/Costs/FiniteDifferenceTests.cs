using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Costs;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Costs;

public sealed class FiniteDifferenceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Uri = "/finite-difference-times";

    [Fact]
    public async Task The_example_of_the_contract_is_answered_to_the_digit()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest { Parameters = 7e9, ForwardMs = 50, BackwardMs = 100 });
        answer.Evaluations.ShouldBe(7_000_000_001);
        answer.Seconds.ShouldBe(350_000_000.05, 1e-6);
        answer.Text.ShouldBe("11.1 years");
        answer.BackpropSeconds.ShouldBe(0.15, 1e-15);
        answer.Speedup.ShouldBe(2_333_333_333.7, 0.1);
        answer.BestRelativeError.ShouldBe(Math.Pow(2, -12));
        answer.Precision.ShouldBe(Precision.Fp32);
        answer.Inconsistencies.ShouldBeEmpty();
        answer.Formulas.Select(formula => formula.Figure).ShouldContain("seconds");
    }

    [Theory]
    [InlineData("""{"expression":"L = a*a","inputs":{"a":1},"wrt":[]}""")]
    [InlineData("""{"expression":"L = sum(a)","inputs":{"a":[]}}""")]
    [InlineData("""{"expression":"L = 3","inputs":{}}""")]
    [InlineData("""{"expression":"L = 3","inputs":{},"method":"central"}""")]
    [InlineData("""{"expression":"L = a*a","inputs":{"a":1},"wrt":[],"forwardMs":1}""")]
    public async Task Where_nothing_can_be_moved_there_is_nothing_to_time(string body)
    {
        var problem = await (await api.Http.PostAsync(Uri, Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("wrt").ShouldContain("no element");
    }

    [Fact]
    public async Task Times_that_one_a100_cannot_reach_are_told()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest
        {
            Parameters = 175e9,
            ForwardMs = 500,
            BackwardMs = 1000,
            Hardware = "a100-sxm-80gb",
            Tokens = 2048,
            Precision = Precision.Fp32,
        });
        answer.Text.ShouldBe("2,773 years");
        Dictionary<string, double> factors = answer.Inconsistencies.ToDictionary(each => each.Path, each => each.Factor);
        factors.Keys.ShouldBe(["forwardMs", "backwardMs", "hardware"], ignoreOrder: true);
        factors["forwardMs"].ShouldBe(73.5, 0.1);
        factors["hardware"].ShouldBe(8.75, 0.01);
    }

    [Fact]
    public async Task A_model_on_a_device_is_reckoned()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest { Model = "gpt2", Hardware = "h100-sxm-80gb", Precision = Precision.Bf16, Method = FiniteDifferenceMethod.Central });
        answer.Parameters.ShouldBe(124_439_808);
        answer.Evaluations.ShouldBe(2 * 124_439_808);
        answer.EvaluationMs.ShouldNotBeNull();
        (answer.EvaluationSeconds * 1000).ShouldBe(answer.EvaluationMs.Lower, 1e-9);
        answer.EvaluationMs.Upper.ShouldBeGreaterThan(answer.EvaluationMs.Lower);
        answer.Assumptions.ShouldContain(text => text.StartsWith("tokens: 1024"));
    }

    [Fact]
    public async Task A_graph_is_really_run()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest
        {
            Expression = "L = sum(tanh(x @ w)^2)",
            Inputs = Values(("x", TensorValue.Of([0.5, -1, 2, 0.25], 2, 2)), ("w", TensorValue.Of([0.1, -0.4, 0.7, 0.2], 2, 2))),
            Wrt = ["w"],
            Method = FiniteDifferenceMethod.Central,
        });
        answer.Parameters.ShouldBe(4);
        answer.Evaluations.ShouldBe(8);
        answer.Precision.ShouldBe(Precision.Fp64);
        FiniteDifferenceMeasurement run = answer.Measurement.ShouldNotBeNull();
        run.Evaluations.ShouldBeGreaterThanOrEqualTo(8);
        run.SampledError.ShouldNotBeNull().ShouldBeLessThan(1e-8);
        run.TenthMs.ShouldBeLessThanOrEqualTo(run.NinetiethMs);
        answer.Seconds.ShouldBe(8 * run.MeanMs / 1000, 1e-9);
        answer.BackpropSeconds.ShouldBe(run.BackpropMs / 1000, 1e-12);
        answer.Verdict.Feasible.ShouldBeTrue();
        answer.GraphId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_graph_with_a_forward_time_is_counted_and_not_run()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest
        {
            Graph = new GraphContract
            {
                Inputs = [new InputContract { Name = "w", Shape = [1000, 100] }],
                Nodes = [new NodeContract { Name = "L", Op = "ReduceSum", Inputs = ["w"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0 } }],
                Outputs = ["L"],
            },
            ForwardMs = 2,
        });
        answer.Parameters.ShouldBe(100_000);
        answer.Seconds.ShouldBe(200.002, 1e-9);
        answer.Measurement.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"parameters":0,"forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":-5,"forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":1.5,"forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":1e300,"forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":"NaN","forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":"Infinity","forwardMs":1}""", "parameters")]
    [InlineData("""{"parameters":7,"forwardMs":0}""", "forwardMs")]
    [InlineData("""{"parameters":7,"forwardMs":-1}""", "forwardMs")]
    [InlineData("""{"parameters":7,"forwardMs":"NaN"}""", "forwardMs")]
    [InlineData("""{"parameters":7,"forwardMs":1e300}""", "forwardMs")]
    [InlineData("""{"parameters":7,"forwardMs":1,"backwardMs":0}""", "backwardMs")]
    [InlineData("""{"parameters":7,"forwardMs":1,"tokens":0}""", "tokens")]
    [InlineData("""{"parameters":7}""", "forwardMs")]
    [InlineData("""{"parameters":7,"hardware":"a100-sxm-80gb"}""", "tokens")]
    [InlineData("""{"parameters":7,"forwardMs":1,"hardware":"a1000"}""", "hardware")]
    [InlineData("""{"model":"gpt-7","forwardMs":1}""", "model")]
    [InlineData("""{"model":"gpt2","hardware":"tpu-v4","precision":"fp64"}""", "precision")]
    [InlineData("""{"parameters":7,"forwardMs":1,"wrt":["w"]}""", "wrt")]
    [InlineData("""{"expression":"L = sum(x)","inputs":{"x":[1,2]},"wrt":["y"]}""", "wrt[0]")]
    [InlineData("""{"expression":"L = x*2","inputs":{"x":[1,2]}}""", "output")]
    [InlineData("""{"expression":"L = sum(x)"}""", "inputs.x")]
    [InlineData("""{"expression":"L = sum(x)","inputs":{"x":[1,2]},"batch":["x"]}""", "batch")]
    [InlineData("""{"expression":"L = x","inputs":{"x":{"shape":[],"dtype":"int64","data":[1]}}}""", "output")]
    public async Task What_cannot_be_is_refused_at_its_path(string body, string path)
    {
        HttpResponseMessage response = await api.Http.PostAsync(Uri, Probes.Json(body));
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path);
    }

    [Fact]
    public async Task A_device_without_fp32_is_asked_in_what_it_has()
    {
        HttpResponseMessage response = await api.Http.PostAsync(Uri, Probes.Json("""{"model":"gpt2","hardware":"tpu-v4"}"""));
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        text.ShouldContain("\"precision\":\"bf16\"");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"parameters":7,"model":"gpt2","forwardMs":1}""")]
    [InlineData("""{"parameters":7,"expression":"L = x","forwardMs":1}""")]
    public async Task Exactly_one_subject_is_asked_about(string body) =>
        (await (await api.Http.PostAsync(Uri, Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt("");

    [Fact]
    public async Task The_greatest_count_overflows_nothing()
    {
        FiniteDifferenceAnswer answer = await api.Api.FiniteDifferenceTimesAsync(new FiniteDifferenceRequest { Parameters = 1e18, ForwardMs = 1e15, Method = FiniteDifferenceMethod.Central });
        answer.Evaluations.ShouldBe(2_000_000_000_000_000_000);
        double.IsFinite(answer.Seconds).ShouldBeTrue();
        answer.Text.ShouldEndWith("years");
    }
}
