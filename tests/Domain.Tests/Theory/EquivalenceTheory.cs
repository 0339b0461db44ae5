using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>Every operator: other ways to compute the same numbers give the same numbers.</summary>
public class EquivalenceTheory
{
    private const double Rtol = 1e-12;

    public static TheoryData<string> Names => OperatorSamples.Names;

    public static TheoryData<string> Differentiable =>
        [.. OperatorSamples.All.Where(sample => new Projection(sample).IsDifferentiable).Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simplified_is_plain_and_planned_is_interpreted(string sample)
    {
        var projection = new Projection(OperatorSamples.Find(sample));
        Graph plain = WithGradients(projection);
        Tensor[] inputs = Inputs(projection, DType.Float64);
        Tensor[] expected = Engine.Interpret(plain, inputs);
        Same(Engine.RunPlan(plain, inputs), expected, "planned");
        Same(Engine.Interpret(Simplification.Apply(plain, HostExecutor.Evaluate), inputs), expected, "simplified");
        Same(Engine.Interpret(Simplification.Apply(plain, HostExecutor.Evaluate, forExecution: false), inputs), expected, "simplified for differentiation");
        Same(Engine.Interpret(Simplification.Apply(plain, null), inputs), expected, "simplified without folding");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_node_has_the_type_that_its_operation_makes(string sample)
    {
        var projection = new Projection(OperatorSamples.Find(sample));
        Graph graph = WithGradients(projection);
        foreach (Node node in graph.Nodes.Concat(Simplification.Apply(graph, HostExecutor.Evaluate).Nodes))
        {
            PrimitiveTypes.Check(node);
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Float32_is_float64_within_its_precision(string sample)
    {
        Sample operation = OperatorSamples.Find(sample);
        var wide = new Projection(operation);
        Execution expected = Engine.Run(wide.Definition, wide.Inputs, Queries.Gradient(null, null, null, null));
        Execution answer = Engine.Run(
            new Projection(operation, DType.Float32).Definition, wide.Inputs, Queries.Gradient(null, null, null, null), DType.Float32);
        foreach (KeyedTensor result in answer.Results)
        {
            result.Value.ShouldBeCloseInNorm(expected[result.Key], 3e-6, $"{result.Key}");
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void The_gradient_graph_submitted_again_is_the_gradient(string sample)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            var graph = new Projection(OperatorSamples.Find(sample), dtype);
            Execution expected = Engine.Run(graph.Definition, graph.Inputs, Queries.Gradient(null, null, null, null), dtype);
            BoundGraph bound = Engine.Bind(graph.Definition, graph.Inputs, dtype);
            GraphDefinition gradients = GradientGraph.Of(bound, Projection.Scalar, graph.FloatInputs, HostExecutor.Evaluate);
            Execution answer = Engine.Run(gradients, graph.Inputs, Queries.Evaluation());
            foreach (string input in graph.FloatInputs)
            {
                answer[ResultKey.Output($"df/d{input}")].ShouldBeCloseInNorm(expected[ResultKey.Gradient(input)], dtype == DType.Float64 ? Rtol : 1e-6, $"df/d{input}");
            }
        }
    }

    // The values, and the gradients if there are any.
    private static Graph WithGradients(Projection projection)
    {
        BoundGraph bound = Engine.Bind(projection.Definition, projection.Inputs);
        if (!projection.IsDifferentiable)
        {
            return bound.Graph;
        }

        Node[] by = [.. bound.Graph.Inputs.Where(input => input.DType.IsFloat())];
        Node f = bound.Output(Projection.Scalar);
        Node?[] gradients = ReverseMode.Pullback(
            bound.Builder, bound.Graph.Nodes, new Dictionary<Node, Node> { [f] = bound.Builder.Full(f.Type, 1) }, by);
        return new Graph(bound.Graph.Inputs, [.. bound.Graph.Outputs, .. gradients.OfType<Node>().Select(node => new NamedNode(string.Empty, node))]);
    }

    private static Tensor[] Inputs(Projection projection, DType dtype) =>
        [.. projection.Inputs.Values.Select(literal => literal.Value.DType.IsFloat() ? literal.As(dtype) : literal.Value)];

    private static void Same(Tensor[] actual, Tensor[] expected, string how)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBeCloseInNorm(expected[i], Rtol, $"{how}: result {i}");
        }
    }
}
