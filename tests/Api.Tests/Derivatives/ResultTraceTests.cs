using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

/// <summary>Operators with several results in walk-throughs and diagrams: each used result contributes separately.</summary>
public sealed class ResultTraceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly double[] Ramp = [.. Enumerable.Range(1, 24).Select(i => Math.Sin(i))];

    public static TheoryData<string, string> Uses => new()
    {
        { "Split", "p" }, { "Split", "q" }, { "Split", "p q" },
        { "TopK", "p" },
        { "LayerNormalization", "p" }, { "LayerNormalization", "q" }, { "LayerNormalization", "r" }, { "LayerNormalization", "p q" }, { "LayerNormalization", "p q r" },
        { "BatchNormalization", "p" }, { "BatchNormalization", "q r" }, { "BatchNormalization", "p q r" },
        { "LSTM", "p" }, { "LSTM", "r" }, { "LSTM", "p q r" }, { "GRU", "q" }, { "GRU", "p q" },
        { "SoftmaxCrossEntropyLoss", "p" }, { "SoftmaxCrossEntropyLoss", "q" }, { "SoftmaxCrossEntropyLoss", "p q" },
        { "MaxPool", "p" }, { "Dropout", "p" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Contributions_of_all_results_add_up(string op, string used)
    {
        string[] results = used.Split(' ');
        GradientRequest request = Request(op, results);
        GradientAnswer answer = await api.Api.GradientAsync(request with { Trace = true });
        foreach (BackwardStep step in answer.Steps!.Backward.Where(step => step.Contributions.Count > 0))
        {
            double[] sum = new double[step.Gradient.ToArray().Length];
            foreach (Contribution contribution in step.Contributions)
            {
                sum = [.. sum.Zip(contribution.Value.ToArray(), (a, b) => a + b)];
            }

            step.Gradient.ToArray().ShouldBe(sum, 1e-12, step.Node);
        }

        BackwardStep x = answer.Steps.Backward.Single(step => step.Node == "x");
        x.Contributions.Select(contribution => contribution.From).ShouldBe(results);
        x.Gradient.ToArray().ShouldBe(answer.Gradients["x"].ToArray(), 1e-12);
        foreach ((string result, Contribution contribution) in results.Zip(x.Contributions))
        {
            // The same as if the other results were not used: each contribution is its own.
            (await api.Api.GradientAsync(Request(op, [result]))).Gradients["x"].ToArray().ShouldBe(contribution.Value.ToArray(), 1e-12, result);
            contribution.Upstream.Shape.ToArray().ShouldBe(answer.Steps.Backward.Single(step => step.Node == result).Gradient.Shape.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_diagram_shows_them(string op, string used)
    {
        GradientRequest request = Request(op, used.Split(' '));
        string text = await DiagramAsync(request);
        foreach (string result in used.Split(' '))
        {
            text.ShouldContain(result);
        }
    }

    private async Task<string> DiagramAsync(GradientRequest request)
    {
        using HttpResponseMessage response = await api.Http.PostAsync("/diagrams", System.Net.Http.Json.JsonContent.Create(
            new DiagramRequest { Graph = request.Graph, Inputs = request.Inputs, Format = DiagramFormat.Mermaid }, options: BackpropJson.Create()));
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    // L is the sum over the results that are used of sum(result²).
    private static GradientRequest Request(string op, string[] used)
    {
        string[] all = op switch { "Split" or "GRU" or "SoftmaxCrossEntropyLoss" or "TopK" or "MaxPool" or "Dropout" => ["p", "q"], _ => ["p", "q", "r"] };
        (long[] shape, string[] others, Dictionary<string, AttributeContract> attributes) = Form(op);
        var inputs = new Dictionary<string, TensorValue> { ["x"] = Numbers(shape, 0) };
        foreach ((int i, string other) in others.Index())
        {
            inputs[$"o{i}"] = other == "labels" ? TensorValue.Of(new long[] { 1, 0 }, [2L], ValueEncoding.Nested) : Numbers([.. other.Split(',').Select(long.Parse)], i + 1);
        }

        NodeContract[] squares = [.. used.SelectMany(name => new[]
        {
            new NodeContract { Name = name + "2", Op = "Square", Inputs = [name] },
            new NodeContract { Name = name + "s", Op = "ReduceSum", Inputs = [name + "2"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0 } },
        })];
        var graph = new GraphContract
        {
            Inputs = [.. inputs.Keys.Select(name => new InputContract { Name = name, DType = op == "SoftmaxCrossEntropyLoss" && name != "x" ? ElementType.Int64 : ElementType.Float64 })],
            Nodes =
            [
                new NodeContract { Outputs = all, Op = op, Inputs = ["x", .. inputs.Keys.Skip(1).Select(name => (NodeInput)name)], Attributes = attributes },
                .. squares,
                new NodeContract { Name = "L", Op = "Sum", Inputs = [.. used.Select(name => (NodeInput)(name + "s"))] },
            ],
            Outputs = ["L"],
        };
        return new GradientRequest { Graph = graph, Inputs = inputs, Wrt = ["x"], Output = "L" };
    }

    private static (long[] Shape, string[] Others, Dictionary<string, AttributeContract> Attributes) Form(string op) => op switch
    {
        "Split" => ([4, 3], [], new() { ["num_outputs"] = 2 }),
        "TopK" => ([5], [], new() { ["k"] = 2 }),
        "LayerNormalization" => ([2, 4], ["4", "4"], []),
        "BatchNormalization" => ([3, 2, 2], ["2", "2", "2", "2"], new() { ["training_mode"] = 1 }),
        "LSTM" => ([2, 1, 2], ["1,8,2", "1,8,2"], []),
        "GRU" => ([2, 1, 2], ["1,6,2", "1,6,2"], []),
        "SoftmaxCrossEntropyLoss" => ([2, 3], ["labels"], []),
        "MaxPool" => ([1, 1, 6], [], new() { ["kernel_shape"] = new long[] { 2 } }),
        _ => ([4], [], []),
    };

    private static TensorValue Numbers(long[] shape, int shift) =>
        TensorValue.Of(Enumerable.Range(0, (int)shape.Aggregate(1L, (n, extent) => n * extent)).Select(i => Ramp[(i + shift) % Ramp.Length]).ToArray(), shape, ValueEncoding.Nested);
}
