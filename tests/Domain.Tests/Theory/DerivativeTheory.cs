using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>Every operator: reverse mode, forward mode and central differences agree, to second order.</summary>
public class DerivativeTheory
{
    private const double Rtol = 1e-6;
    private const double Floor = 1e-2;

    public static TheoryData<string> Smooth => [.. OperatorSamples.All.Where(sample => new Projection(sample).IsSmooth).Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Reverse_mode_is_central_differences(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        Execution answer = Engine.Run(graph.Definition, graph.Inputs, Queries.Gradient(null, null, null, null));
        Func<Tensor[], Tensor[]> function = Engine.Compile(graph.Definition, graph.Inputs, Queries.Evaluation());
        foreach (string input in graph.FloatInputs)
        {
            Tensor expected = Differences.Gradient(function, graph.Values, graph.PlaceOf(input));
            answer[ResultKey.Gradient(input)].ShouldBeCloseInNorm(expected, Rtol, $"df/d{input}", Floor);
        }
    }

    // Every set of moving inputs, because a missing tangent takes another path than a zero.
    [Theory]
    [MemberData(nameof(Smooth))]
    public void Forward_mode_is_central_differences(string sample)
    {
        Sample operation = OperatorSamples.Find(sample);
        var graph = new Projection(operation);
        Func<Tensor[], Tensor[]> function = Engine.Compile(operation.Definition, operation.Inputs, Queries.Evaluation());
        foreach (string[] moving in Subsets.Of(graph.FloatInputs))
        {
            Dictionary<string, Literal> tangents = graph.Directions().Where(d => moving.Contains(d.Key)).ToDictionary();
            Execution answer = Engine.Run(operation.Definition, operation.Inputs, Queries.JacobianVectorProduct(tangents));
            Tensor[] expected = Differences.Along(function, graph.Values, Along(graph, tangents));
            for (int i = 0; i < graph.Results.Count; i++)
            {
                if (graph.Results[i].Node.DType.IsFloat())
                {
                    answer[ResultKey.Tangent(graph.Results[i].Name)].ShouldBeCloseInNorm(expected[i], Rtol, $"{graph.Results[i].Name} along {string.Join(',', moving)}", Floor);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Forward_over_reverse_is_central_differences_of_the_gradient(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        Dictionary<string, Literal> tangents = graph.Directions();
        Execution answer = Engine.Run(graph.Definition, graph.Inputs, Queries.HessianVectorProduct(null, null, tangents));
        Func<Tensor[], Tensor[]> gradients = Engine.Compile(graph.Definition, graph.Inputs, Queries.Gradient(null, null, null, null));
        Tensor[] expected = Differences.Along(gradients, graph.Values, Along(graph, tangents));
        for (int i = 0; i < graph.FloatInputs.Length; i++)
        {
            answer[ResultKey.HessianProduct(graph.FloatInputs[i])].ShouldBeCloseInNorm(expected[i + 1], Rtol, $"row {graph.FloatInputs[i]} of the Hessian times v", Floor);
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Reverse_over_reverse_is_forward_over_reverse(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        Dictionary<string, Literal> tangents = graph.Directions();
        Execution expected = Engine.Run(graph.Definition, graph.Inputs, Queries.HessianVectorProduct(null, null, tangents));
        GraphDefinition gradients = GradientGraph.Of(
            Engine.Bind(graph.Definition, graph.Inputs), Projection.Scalar, graph.FloatInputs, Compute.Host.HostExecutor.Evaluate);
        Dictionary<string, Literal> cotangents = tangents.ToDictionary(tangent => $"df/d{tangent.Key}", tangent => tangent.Value);
        Execution answer = Engine.Run(gradients, graph.Inputs, Queries.VectorJacobianProduct(null, cotangents));
        foreach (string input in graph.FloatInputs)
        {
            answer[ResultKey.Gradient(input)].ShouldBeCloseInNorm(expected[ResultKey.HessianProduct(input)], 1e-10, $"column {input} of the Hessian times v");
        }
    }

    private static Tensor?[] Along(Projection graph, Dictionary<string, Literal> tangents) =>
        [.. graph.Inputs.Keys.Select(name => tangents.GetValueOrDefault(name)?.Value)];
}
