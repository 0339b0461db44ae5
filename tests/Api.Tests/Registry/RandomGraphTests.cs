using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using CsCheck;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Registry;

/// <summary>The gradient that the service computes equals the value of the gradient graph that it returns.</summary>
public sealed class RandomGraphTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Unary = ["Tanh", "Sin", "Sigmoid", "Softplus", "Square", "Neg", "Erf", "ReduceLogSumExp", "ReduceMean"];

    private static readonly string[] Binary = ["Add", "Sub", "Mul", "Max", "Atan2"];

    // A step uses any two earlier values: fan-out. Inputs of shapes [], [3], [2,1] and [2,3] broadcast.
    private static readonly Gen<NodeContract[]> Graphs = Gen.Select(Gen.Int[0, 100], Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[1, 12].Select(draws =>
    {
        var names = new List<string> { "a", "b", "c", "d" };
        var nodes = new List<NodeContract>();
        foreach ((int op, int first, int second) in draws)
        {
            string name = $"n{nodes.Count}";
            bool unary = op % 3 == 0;
            nodes.Add(unary
                ? new NodeContract { Name = name, Op = Unary[op % Unary.Length], Inputs = [names[first % names.Count]] }
                : new NodeContract { Name = name, Op = Binary[op % Binary.Length], Inputs = [names[first % names.Count], names[second % names.Count]] });
            names.Add(name);
        }

        return nodes.ToArray();
    });

    [Fact]
    public void The_gradient_graph_evaluates_to_the_gradient() => Graphs.Sample(
        nodes => AgreesAsync(nodes).GetAwaiter().GetResult(), iter: 150, threads: 2, seed: "0000KLl2yqY4");

    private async Task AgreesAsync(NodeContract[] nodes)
    {
        var inputs = Values(("a", 0.7), ("b", Vector(0.1, -0.4, 1.2)), ("c", TensorValue.Of([-0.6, 0.9], 2, 1)), ("d", TensorValue.Of([0.2, -1.1, 0.5, 0.8, -0.3, 1.4], 2, 3)));
        var graph = new GraphContract
        {
            Inputs =
            [
                new InputContract { Name = "a" }, new InputContract { Name = "b", Shape = [3L] },
                new InputContract { Name = "c", Shape = [2L, 1L] }, new InputContract { Name = "d", Shape = [2L, 3L] },
            ],
            Nodes = [.. nodes, new NodeContract { Name = "m", Op = "Mul", Inputs = [nodes[^1].Name!, "d"] }, new NodeContract { Name = "L", Op = "ReduceSum", Inputs = ["m"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } }],
            Outputs = ["L"],
        };
        var direct = await api.Api.GradientAsync(new GradientRequest { Graph = graph, Inputs = inputs });
        string id = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = graph })).Id;
        GraphContract gradient = await api.Api.GetGradientGraphAsync(id);
        var evaluated = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = gradient, Inputs = inputs });
        evaluated.Outputs.Keys.ShouldBe(["dL/da", "dL/db", "dL/dc", "dL/dd"]);
        foreach ((string name, TensorValue expected) in direct.Gradients)
        {
            // atan2 has no derivative at the origin: both give NaN there, which no tolerance accepts.
            if (expected.ToArray().Any(double.IsNaN))
            {
                evaluated.Outputs[$"dL/d{name}"].ToArray().Select(double.IsNaN).ShouldBe(expected.ToArray().Select(double.IsNaN));
                continue;
            }

            evaluated.Outputs[$"dL/d{name}"].ShouldBe(expected.ToArray(), 1e-10 * (1 + expected.ToArray().Max(Math.Abs)), expected.Shape.ToArray());
        }
    }
}
