using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>
/// Well-known networks with few channels, exported for inference in opsets 9 to 13: value and gradients match PyTorch's (see
/// Models/make_networks.py).
/// </summary>
public sealed class NetworkTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("tests/Api.Tests/Onnx/Models/networks"), "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Value_and_gradients_are_those_of_PyTorch(string file)
    {
        RecordedModel model = RecordedModel.Of("networks/" + file[..file.IndexOf('-')]);
        GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { Onnx = RecordedModel.File("networks/" + file), Inputs = model.Inputs, Output = "loss", Wrt = ["*"] });
        answer.Value.AsDouble().ShouldBe(model.Value, 1e-5 * Math.Abs(model.Value));
        model.Gradients.Count.ShouldBeGreaterThan(8);
        foreach ((string parameter, TensorValue expected) in model.Gradients)
        {
            double[] elements = expected.ToArray();
            answer.Gradients[parameter].ShouldBe(elements, 1e-5 * Math.Max(1, elements.Max(Math.Abs)), expected.Shape.ToArray());
        }
    }
}
