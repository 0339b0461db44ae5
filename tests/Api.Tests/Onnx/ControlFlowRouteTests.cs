using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>Requests that differ only in the values that decide control flow are different graphs, however often they are repeated.</summary>
public sealed class ControlFlowRouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_number_of_iterations_is_that_of_each_request()
    {
        OnnxGraph body = Graph(
            [Scalar("i", OnnxElementType.Int64), Scalar("go", OnnxElementType.Bool), Scalar("s", OnnxElementType.Double)], ["go", "t"], new OnnxNode { Operator = "Mul", Inputs = ["s", "x"], Outputs = ["t"] });
        byte[] model = Model([Scalar("x", OnnxElementType.Double), Scalar("n", OnnxElementType.Int64)], new OnnxNode { Operator = "Loop", Inputs = ["n", "", "x"], Outputs = ["out"], Attributes = [OnnxAttribute.Of("body", body)] });
        foreach (int n in (int[])[1, 3, 3, 2, 2, 2, 0])
        {
            GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { Onnx = model, Inputs = new Dictionary<string, TensorValue> { ["x"] = 2, ["n"] = n } });
            answer.Value.AsDouble().ShouldBe(Math.Pow(2, n + 1));
            answer.Gradients["x"].AsDouble().ShouldBe((n + 1) * Math.Pow(2, n));
        }

        await Should.ThrowAsync<ApiException>(() => api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Onnx = model }));
    }

    [Fact]
    public async Task The_branch_is_that_of_each_request_and_of_each_point()
    {
        OnnxNode choice = new()
        {
            Operator = "If",
            Inputs = ["c"],
            Outputs = ["out"],
            Attributes =
            [
                OnnxAttribute.Of("then_branch", Graph([], ["t"], new OnnxNode { Operator = "Log", Inputs = ["x"], Outputs = ["t"] })),
                OnnxAttribute.Of("else_branch", Graph([], ["u"], new OnnxNode { Operator = "Mul", Inputs = ["x", "x"], Outputs = ["u"] })),
            ],
        };
        byte[] model = Model([Scalar("x", OnnxElementType.Double), Scalar("c", OnnxElementType.Bool)], choice);
        foreach (bool c in (bool[])[true, true, false, false, true])
        {
            var inputs = new Dictionary<string, TensorValue> { ["x"] = 4, ["c"] = Truth([c]) };
            (await api.Api.GradientAsync(new GradientRequest { Onnx = model, Inputs = inputs })).Gradients["x"].AsDouble().ShouldBe(c ? 0.25 : 8);
        }

        // The point with the square branch is singular in the other branch.
        var points = new Dictionary<string, TensorValue> { ["x"] = new[] { 4.0, 0 }, ["c"] = Truth([true, false], 2) };
        GradientAnswer both = await api.Api.GradientAsync(new GradientRequest { Onnx = model, Inputs = points, Batch = ["x", "c"] });
        both.Gradients["x"].ToArray().ShouldBe([0.25, 0]);
    }

    private static TensorValue Truth(bool[] values, params long[] shape) => TensorValue.Of(values, shape, ValueEncoding.Nested);

    private static OnnxValue Scalar(string name, OnnxElementType type) => new(name, type, []);

    private static OnnxGraph Graph(OnnxValue[] inputs, string[] outputs, params OnnxNode[] nodes) =>
        new() { Name = "body", Inputs = inputs, Nodes = nodes, Outputs = [.. outputs.Select(name => new OnnxValue(name))] };

    private static byte[] Model(OnnxValue[] inputs, OnnxNode node) => ModelWriter.Write(new OnnxModel
    {
        IrVersion = 8,
        OperatorSets = [new OperatorSet("", 17)],
        Graph = Graph(inputs, ["out"], node) with { Name = "g" },
    });
}
