using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>Models exported by PyTorch with their loss: one request returns its value and the gradient of every parameter.</summary>
public sealed class ModelTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    public static TheoryData<string> Names => [.. RecordedModel.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Value_and_gradients_are_those_of_PyTorch(string name)
    {
        RecordedModel model = RecordedModel.Of(name);
        GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { Onnx = RecordedModel.File(name), Inputs = model.Inputs, Output = "loss", Wrt = ["*"] });
        answer.Value.AsDouble().ShouldBe(model.Value, 1e-5);
        foreach ((string parameter, TensorValue expected) in model.Gradients)
        {
            answer.Gradients[parameter].ShouldBe(expected.ToArray(), 1e-4, expected.Shape.ToArray());
        }

        IEnumerable<string> others = answer.Gradients.Keys.Except(model.Gradients.Keys).Except(model.Inputs.Keys);
        others.ShouldAllBe(other => other.Contains("running_"));
    }
}
