using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Compute;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Operations;
using Backprop.Client.Values;
using Backprop.Compute.Devices;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Devices;

/// <summary>Requests that name a device.</summary>
public sealed class DeviceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Expression = "L = sum(tanh(x @ w) * exp(-x))";

    [Fact]
    public async Task A_device_answers_as_the_host_does()
    {
        GradientAnswer host = await GradientAsync(DeviceChoice.Host), device = await GradientAsync(DeviceChoice.IlgpuCpu), again = await GradientAsync(DeviceChoice.IlgpuCpu);
        device.Value.ShouldBe(host.Value.ToArray(), 1e-13);
        foreach (string name in new[] { "x", "w" })
        {
            device.Gradients[name].ShouldBe(host.Gradients[name].ToArray(), 1e-13);
            again.Gradients[name].ToArray().ShouldBe(device.Gradients[name].ToArray());
        }
    }

    [Fact]
    public async Task A_scalar_graph_runs_on_a_device()
    {
        var request = new GradientRequest { Expression = "L = (a*b + 1)^2", Inputs = Values(("a", 2), ("b", -3)), Device = DeviceChoice.IlgpuCpu };
        (await api.Api.GradientAsync(request)).Gradients["a"].ShouldBe([30]);
    }

    [Fact]
    public async Task A_trace_and_warnings_come_from_devices_too()
    {
        var request = new GradientRequest { Expression = "L = log(a)", Inputs = Values(("a", 0)), Device = DeviceChoice.IlgpuCpu, Trace = true };
        GradientAnswer answer = await api.Api.GradientAsync(request);
        answer.Steps.ShouldNotBeNull();
        answer.Warnings!.ShouldContain(warning => warning.Reason.Contains("log of 0"));
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_refused_and_the_others_are_named() =>
        (await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x", Inputs = Values(("x", 1)), Device = DeviceChoice.Cuda }).ShouldBeRefusedAsync("device"))
            .ShouldContain("there is no cuda device here; available: host");

    [Fact]
    public async Task The_emulated_device_has_a_limit_of_its_own()
    {
        const string Body = """
            {"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"a","op":"Expand","inputs":["x"],"attributes":{"shape":[512,512]}},
            {"name":"b","op":"MatMul","inputs":["a","a"]},{"name":"L","op":"ReduceSum","inputs":["b"],"attributes":{"keepdims":0}}],"outputs":["L"]},
            "inputs":{"x":1},"device":"ilgpuCpu"}
            """;
        using HttpResponseMessage response = await api.Http.PostAsync("/evaluations", new StringContent(Body, Encoding.UTF8, "application/json"));
        JsonObject problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:MaxEmulatedFlops");
        problem["limit"]!["value"]!.GetValue<double>().ShouldBe(1e8);
        problem["detail"]!.GetValue<string>().ShouldContain("operations on ilgpuCpu");
    }

    [Fact]
    public void The_emulated_device_is_not_used_by_default()
    {
        new ComputeOptions().Devices.ShouldBe("cuda,opencl");
        new DeviceOptions().Kinds.ShouldNotContain(DeviceKind.IlgpuCpu);
    }

    [Fact]
    public async Task The_list_has_the_host_and_the_emulated_device()
    {
        DeviceList list = await api.Api.ListDevicesAsync();
        list.Items[0].Kind.ShouldBe(DeviceChoice.Host);
        DeviceContract emulated = list.Items.Single(device => device.Kind == DeviceChoice.IlgpuCpu);
        emulated.Usable.ShouldBeTrue();
        emulated.Automatic.ShouldBeFalse();
    }

    private Task<GradientAnswer> GradientAsync(DeviceChoice device) => api.Api.GradientAsync(new GradientRequest
    {
        Expression = Expression,
        Inputs = new Dictionary<string, TensorValue> { ["x"] = new double[,] { { 0.1, 0.2 }, { 0.3, -0.4 } }, ["w"] = new double[,] { { 1, 2 }, { -1, 0.5 } } },
        Device = device,
    });
}
