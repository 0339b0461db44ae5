using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.RandomGraphs;
using Backprop.Testing.Running;
using CsCheck;
using Xunit;

namespace Backprop.Domain.Tests.RandomGraphs;

/// <summary>
/// Properties of every operator hold for graphs of up to 200 of them. Each run uses other graphs; a failure reports the random seed that restores its
/// graph (CsCheck_Seed).
/// </summary>
public class RandomGraphTests
{
    private const int Graphs = 250;

    private static readonly Gen<RandomGraph> Any = Gen.Select(Gen.Int[1, 200], Gen.Int[0, 1_000_000], (size, seed) => new RandomGraph(size, seed));

    [Fact]
    public void Gradients_are_central_differences() => Any.Sample(
        graph =>
        {
            Execution answer = Gradient(graph);
            Func<Tensor[], Tensor[]> function = Engine.Compile(graph.Definition, graph.Inputs, Queries.Evaluation());
            for (int i = 0; i < graph.Values.Length; i++)
            {
                int by = i;
                Differences.ShouldAgreeAtSomeStep(step => answer[ResultKey.Gradient($"x{by}")].ShouldBeCloseInNorm(
                    Differences.Gradient(function, graph.Values, by, step), 1e-6, $"df/dx{by}", 1e-2));
            }
        },
        iter: Graphs);

    [Fact]
    public void The_Hessian_times_a_vector_is_central_differences_of_the_gradient() => Any.Sample(
        graph =>
        {
            Dictionary<string, Literal> tangents = graph.Inputs.ToDictionary(input => input.Key, input => new Literal(Differences.Map(input.Value.Value, i => Math.Cos(i))));
            Execution answer = Engine.Run(graph.Definition, graph.Inputs, Queries.HessianVectorProduct(null, null, tangents));
            Func<Tensor[], Tensor[]> gradients = Engine.Compile(graph.Definition, graph.Inputs, Queries.Gradient(null, null, null, null));
            Tensor[] directions = [.. tangents.Values.Select(tangent => tangent.Value)];
            Differences.ShouldAgreeAtSomeStep(step =>
            {
                Tensor[] expected = Differences.Along(gradients, graph.Values, directions, step);
                for (int i = 0; i < graph.Values.Length; i++)
                {
                    answer[ResultKey.HessianProduct($"x{i}")].ShouldBeCloseInNorm(expected[i + 1], 1e-6, $"row x{i} of the Hessian times v", 1e-1);
                }
            });
        },
        iter: Graphs);

    [Fact]
    public void Simplified_is_plain_and_planned_is_interpreted() => Any.Sample(
        graph =>
        {
            BoundGraph bound = Engine.Bind(graph.Definition, graph.Inputs);
            Node f = bound.Output("f");
            Node?[] gradients = ReverseMode.Pullback(
                bound.Builder, bound.Graph.Nodes, new Dictionary<Node, Node> { [f] = bound.Builder.Full(f.Type, 1) }, bound.Graph.Inputs);
            var plain = new Graph(bound.Graph.Inputs, [new("f", f), .. gradients.OfType<Node>().Select(node => new NamedNode(string.Empty, node))]);
            Tensor[] expected = Engine.Interpret(plain, graph.Values);
            Graph simplified = Simplification.Apply(plain, HostExecutor.Evaluate);
            Same(Engine.RunPlan(plain, graph.Values), expected);
            Same(Engine.RunPlan(simplified, graph.Values), expected);
            Same(Engine.Interpret(Simplification.Apply(plain, HostExecutor.Evaluate, forExecution: false), graph.Values), expected);
        },
        iter: Graphs);

    [Fact]
    public void The_gradient_graph_submitted_again_is_the_gradient() => Any.Sample(
        graph =>
        {
            Execution expected = Gradient(graph);
            GraphDefinition gradients = GradientGraph.Of(Engine.Bind(graph.Definition, graph.Inputs), "f", [.. graph.Inputs.Keys], HostExecutor.Evaluate);
            Execution answer = Engine.Run(gradients, graph.Inputs, Queries.Evaluation());
            foreach (string input in graph.Inputs.Keys)
            {
                answer[ResultKey.Output($"df/d{input}")].ShouldBeCloseInNorm(expected[ResultKey.Gradient(input)], 1e-12, $"df/d{input}");
            }
        },
        iter: Graphs);

    private static Execution Gradient(RandomGraph graph) => Engine.Run(graph.Definition, graph.Inputs, Queries.Gradient(null, null, null, null));

    private static void Same(Tensor[] actual, Tensor[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBeCloseInNorm(expected[i], 1e-12, $"result {i}");
        }
    }
}
