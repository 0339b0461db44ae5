using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Testing.RandomGraphs;
using Backprop.Testing.Running;
using Shouldly;

namespace Backprop.Compute.Tests.Devices;

/// <summary>Random graphs over many points at once, so that their elementwise parts are fused: gradients on a device are those of the host.</summary>
public class RandomGraphAgreement
{
    private const int Points = 300;

    private static readonly Lazy<DerivativeEngine> Engine = new(() =>
    {
        var host = new HostExecutor(new BufferPool(1 << 26));
        return new DerivativeEngine(host, new EngineLimits(), new DeviceSelection(TestDevices.All, host));
    });

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 6)];

    [DeviceTheory(DeviceKind.IlgpuCpu)]
    [MemberData(nameof(Seeds))]
    public void The_emulated_device_agrees(int seed) => Agrees(seed, DeviceKind.IlgpuCpu);

    [DeviceTheory(DeviceKind.OpenCl)]
    [MemberData(nameof(Seeds))]
    public void OpenCl_agrees(int seed) => Agrees(seed, DeviceKind.OpenCl);

    [DeviceTheory(DeviceKind.Cuda)]
    [MemberData(nameof(Seeds))]
    public void Cuda_agrees(int seed) => Agrees(seed, DeviceKind.Cuda);

    private static void Agrees(int seed, DeviceKind kind)
    {
        var graph = new RandomGraph(5 + (4 * seed), seed);
        Execution expected = Gradients(graph, DeviceKind.Host), actual = Gradients(graph, kind), again = Gradients(graph, kind);
        for (int i = 0; i < expected.Results.Count; i++)
        {
            actual.Results[i].Value.ShouldBeCloseInNorm(expected.Results[i].Value, 1e-11, $"{expected.Results[i].Key}");
            again.Results[i].Value.Bytes().SequenceEqual(actual.Results[i].Value.Bytes()).ShouldBeTrue($"{expected.Results[i].Key}");
        }
    }

    private static Execution Gradients(RandomGraph graph, DeviceKind kind)
    {
        Dictionary<string, Literal> inputs = graph.Inputs.ToDictionary(input => input.Key, input => new Literal(Repeated(input.Value.Value)));
        GraphDefinition definition = graph.Definition with
        {
            Inputs = [.. graph.Inputs.Select(input => new InputDefinition(input.Key, DType.Float64, [.. input.Value.Value.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]))],
        };
        var submission = new ComputationRequest(definition, CanonicalForm.Of(definition).Id, inputs, DType.Float64, [.. inputs.Keys], kind);
        return Engine.Value.Run(submission, Queries.Gradient(null, null, null, null), CancellationToken.None);
    }

    private static Tensor Repeated(Tensor point)
    {
        var values = new double[Points * point.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = point[i % point.Count] + (0.3 * Math.Sin(i));
        }

        return Tensor.Of(values, Shape.Of([Points, .. point.Shape.Dims]));
    }
}
