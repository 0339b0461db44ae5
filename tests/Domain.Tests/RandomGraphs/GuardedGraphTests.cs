using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.RandomGraphs;

/// <summary>
/// Reverse mode agrees with forward mode if what was selected is smooth: no branch that was not taken contributes a NaN, whatever moves its elements
/// between the selection and the singularity.
/// </summary>
public class GuardedGraphTests
{
    private const int Graphs = 4000;

    [Fact]
    public void Gradients_are_those_of_forward_mode_at_singular_points()
    {
        int compared = 0, singular = 0;
        var faults = new List<string>();
        for (int seed = 0; seed < Graphs; seed++)
        {
            var graph = new GuardedGraph(seed);
            Execution forward = Jacobian(graph, JacobianMode.Forward);
            if (!Elements(forward).All(double.IsFinite))
            {
                continue;
            }

            compared++;
            singular += IsSingular(graph) ? 1 : 0;
            double[] expected = Elements(forward), actual = Elements(Jacobian(graph, JacobianMode.Reverse));
            double size = Math.Max(1, expected.Max(Math.Abs));
            if (expected.Zip(actual).Any(pair => !(Math.Abs(pair.First - pair.Second) <= 1e-12 * size)))
            {
                faults.Add($"seed {seed}: {graph} at {string.Join(' ', graph.Inputs.Select(input => $"{input.Key} = [{string.Join(", ", input.Value.Value.ToArray().Cast<double>())}]"))}: "
                    + $"[{string.Join(", ", actual)}], forward mode [{string.Join(", ", expected)}]");
            }
        }

        faults.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(Graphs / 4);
        singular.ShouldBeGreaterThan(Graphs / 40);
    }

    private static Execution Jacobian(GuardedGraph graph, JacobianMode mode) => Engine.Run(graph.Definition, graph.Inputs, Queries.Jacobian(["x", "y"], null, mode));

    private static double[] Elements(Execution execution) => [.. execution.Results.SelectMany(result => result.Value.ToArray().Cast<double>())];

    // Whether an intermediate value, though not the result, is infinite or NaN.
    private static bool IsSingular(GuardedGraph graph)
    {
        BoundGraph bound = Engine.Bind(graph.Definition, graph.Inputs);
        Tensor[] values = Engine.Interpret(new Graph(bound.Graph.Inputs, [.. bound.Graph.Nodes.Select(node => new NamedNode(string.Empty, node))]), [.. graph.Inputs.Values.Select(input => input.Value)]);
        return values.Any(value => Enumerable.Range(0, value.Count).Any(i => !double.IsFinite(value[i])));
    }
}
