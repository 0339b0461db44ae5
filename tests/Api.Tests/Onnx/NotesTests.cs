using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>What an answer reports about how a model was read, and about parts without a derivative.</summary>
public sealed class NotesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_answer_tells_the_types_in_which_a_model_is_computed()
    {
        byte[] model = Model([new OnnxValue("x", Infrastructure.Formats.Onnx.Schema.OnnxElementType.Float16, [new Dimension(2)])], Node("ReduceSum", "x"));
        var request = new GradientRequest { Onnx = model, Inputs = new Dictionary<string, TensorValue> { ["x"] = new[] { 1.5, 2 } } };
        for (int i = 0; i < 3; i++)
        {
            GradientAnswer answer = await api.Api.GradientAsync(request);
            answer.Notes.ShouldNotBeNull().ShouldHaveSingleItem().ShouldStartWith("float16 is computed in float32");
            answer.Gradients["x"].ToArray().ShouldBe([1.0, 1]);
        }

        (await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y=x", Inputs = new Dictionary<string, TensorValue> { ["x"] = 1 } })).Notes.ShouldBeNull();
    }

    [Fact]
    public async Task An_input_that_decides_a_shape_has_no_derivative()
    {
        OnnxValue[] inputs = [Float("x", 1, 1, 2, 2), Float("scales", 4)];
        byte[] model = Model(inputs, Node("Resize", "x", "", "scales"));
        var values = new Dictionary<string, TensorValue> { ["x"] = TensorValue.Of(new double[] { 1, 2, 3, 4 }, [1, 1, 2, 2]), ["scales"] = new double[] { 1, 1, 2, 1 } };
        var seed = TensorValue.Of(new double[] { 1, 2, 3, 4, 5, 6, 7, 8 }, [1, 1, 4, 2]);
        GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { Onnx = model, Inputs = values, Seed = seed });
        answer.Gradients.Keys.ShouldBe(["x"]);
        answer.Gradients["x"].ToArray().ShouldBe([4.0, 6, 12, 14]);
        values["scales"] = new double[] { 1, 1, 1, 1 };
        (await api.Api.EvaluateAsync(new EvaluationRequest { Onnx = model, Inputs = values })).Outputs["out"].Shape.ToArray().ShouldBe([1L, 1, 2, 2]);
        await RefusedAsync(() => api.Api.GradientAsync(new GradientRequest { Onnx = model, Inputs = values, Seed = seed, Wrt = ["scales"] }));
        await RefusedAsync(() => api.Api.JacobianVectorProductAsync(
            new JacobianVectorProductRequest { Onnx = model, Inputs = values, Tangents = new Dictionary<string, TensorValue> { ["scales"] = new double[] { 0, 0, 1, 1 } } }));
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        ApiException refused = await Should.ThrowAsync<ApiException>(call);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.ProblemAsync())!.Detail.ShouldNotBeNull().ShouldContain("the value of 'scales' decides a shape");
    }

    private static OnnxValue Float(string name, params int[] shape) =>
        new(name, Infrastructure.Formats.Onnx.Schema.OnnxElementType.Float, [.. shape.Select(extent => new Dimension(extent))]);

    private static OnnxNode Node(string op, params string[] inputs) => new() { Operator = op, Inputs = inputs, Outputs = ["out"] };

    private static byte[] Model(OnnxValue[] inputs, OnnxNode node) => ModelWriter.Write(new OnnxModel
    {
        IrVersion = 8,
        OperatorSets = [new OperatorSet("", 17)],
        Graph = new OnnxGraph { Name = "g", Nodes = [node], Inputs = inputs, Outputs = [new OnnxValue("out")] },
    });
}
