using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Export;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx.Export;

/// <summary>Every operator and its gradient, exported and run in ONNX Runtime, has the same results as here.</summary>
public class RuntimeAgreement
{
    public static TheoryData<string> Samples => OperatorSamples.Names;

    public static TheoryData<string> Differentiable =>
        [.. OperatorSamples.All.Where(sample => new Projection(sample).IsDifferentiable).Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_operator(string name)
    {
        Sample sample = OperatorSamples.Find(name);

        // The runtime computes Shrink of doubles in single precision.
        Check(sample.Definition, sample.Inputs, sample.Operator == "Shrink" ? 1e-6 : 1e-9);
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_gradient(string name)
    {
        var graph = new Projection(OperatorSamples.Find(name));
        BoundGraph bound = Engine.Bind(graph.Definition, graph.Inputs);
        Check(GradientGraph.Of(bound, Projection.Scalar, graph.FloatInputs, HostExecutor.Evaluate), graph.Inputs, 1e-9);
    }

    // Many kernels of the runtime support only single precision; it lacks a few operators altogether.
    private static void Check(GraphDefinition definition, IReadOnlyDictionary<string, Literal> inputs, double rtol)
    {
        if (!Agrees(definition, inputs, DType.Float64, rtol))
        {
            Agrees(Singled(definition), inputs, DType.Float32, 2e-4);
        }
    }

    private static bool Agrees(GraphDefinition definition, IReadOnlyDictionary<string, Literal> inputs, DType dtype, double rtol)
    {
        BoundGraph bound = Engine.Bind(definition, inputs, dtype);
        byte[] file = ModelWriter.Write(OnnxExport.Of(bound, "graph"));
        Dictionary<string, Tensor> fed = bound.Graph.Inputs.Zip(bound.Inputs.Tensors).ToDictionary(pair => pair.First.Name!, pair => pair.Second);
        if (Runtime.Run(file, fed) is not { } theirs)
        {
            return false;
        }

        Tensor[] ours = Engine.RunPlan(bound.Graph, bound.Inputs.Tensors.ToArray());
        foreach ((int i, NamedNode output) in bound.Graph.Outputs.Index())
        {
            theirs[i].ShouldBeCloseInNorm(ours[i], rtol, output.Name);
        }

        return true;
    }

    // The same graph without any stated double precision.
    private static GraphDefinition Singled(GraphDefinition definition) => definition with
    {
        Inputs = [.. definition.Inputs.Select(input => input.DType == DType.Float64 ? input with { DType = null } : input)],
        Constants = [.. definition.Constants.Select(constant => constant.Value.Stated == DType.Float64 ? constant with { Value = new Literal(constant.Value.Value) } : constant)],
        Nodes = [.. definition.Nodes.Select(node => node.Op == "Cast" && node.Attributes["to"].Numbers!.Value[0] == 11
            ? node with { Attributes = new Dictionary<string, AttributeValue>(node.Attributes) { ["to"] = 1L } }
            : node)],
    };
}
