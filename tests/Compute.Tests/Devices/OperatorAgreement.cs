using Backprop.Compute.Compilation;
using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using HostEngine = Backprop.Testing.Running.Engine;

namespace Backprop.Compute.Tests.Devices;

/// <summary>Every operator of the table, values and gradients: a device agrees with the host, and with itself to the last bit.</summary>
public class OperatorAgreement
{
    public static TheoryData<string> Names => OperatorSamples.Names;

    [DeviceTheory(DeviceKind.IlgpuCpu)]
    [MemberData(nameof(Names))]
    public void The_emulated_device_agrees(string sample) => Agrees(sample, DeviceKind.IlgpuCpu);

    [DeviceTheory(DeviceKind.OpenCl)]
    [MemberData(nameof(Names))]
    public void OpenCl_agrees(string sample) => Agrees(sample, DeviceKind.OpenCl);

    [DeviceTheory(DeviceKind.Cuda)]
    [MemberData(nameof(Names))]
    public void Cuda_agrees(string sample) => Agrees(sample, DeviceKind.Cuda);

    private static void Agrees(string sample, DeviceKind kind)
    {
        var projection = new Projection(OperatorSamples.Find(sample));
        Graph graph = Simplification.Apply(WithGradients(projection), HostExecutor.Evaluate);
        Tensor[] inputs = projection.Values;
        Tensor[] expected = HostEngine.RunPlan(graph, inputs);
        Plan plan = Plan.Compile(graph, PlanTarget.Device);
        Tensor[] actual = TestDevices.Executor(kind).Run(plan, inputs), again = TestDevices.Executor(kind).Run(plan, inputs);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBeCloseInNorm(expected[i], 1e-12, $"result {i}");
            again[i].Bytes().SequenceEqual(actual[i].Bytes()).ShouldBeTrue($"result {i} of the second run");
        }
    }

    // The samples' own results, and the gradients of their projection.
    private static Graph WithGradients(Projection projection)
    {
        BoundGraph bound = HostEngine.Bind(projection.Definition, projection.Inputs);
        Node[] by = [.. bound.Graph.Inputs.Where(input => input.DType.IsFloat())];
        NamedNode[] results = [.. projection.Results.Select(result => new NamedNode(result.Name, bound.Values[result.Name]))];
        if (!projection.IsDifferentiable)
        {
            return new Graph(bound.Graph.Inputs, results);
        }

        Node f = bound.Output(Projection.Scalar);
        Node?[] gradients = ReverseMode.Pullback(
            bound.Builder, bound.Graph.Nodes, new Dictionary<Node, Node> { [f] = bound.Builder.Full(f.Type, 1) }, by);
        return new Graph(bound.Graph.Inputs, [.. results, new NamedNode("f", f), .. gradients.OfType<Node>().Select(node => new NamedNode(string.Empty, node))]);
    }
}
