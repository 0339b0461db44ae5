using System.Globalization;
using Backprop.Api.Features.Diagrams;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Diagrams;
using Backprop.Testing.RandomGraphs;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Derivatives;

/// <summary>The contributions of all uses of a value add up to its gradient: in the walk-through, and as they are drawn.</summary>
public sealed class ContributionTests
{
    public static TheoryData<string> SamplesOfSeveralOutputs => [.. OperatorSamples.All
        .Where(sample => sample.Outputs.Count(output => output.Length > 0) > 1).Select(sample => sample.ToString())];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(SamplesOfSeveralOutputs))]
    public void They_do_for_every_operator_of_several_outputs(string name)
    {
        var projection = new Projection(OperatorSamples.Find(name));
        if (projection.IsDifferentiable)
        {
            AddUp(projection.Definition, projection.Inputs);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void They_do_in_random_graphs(int seed)
    {
        var graph = new RandomGraph(12, seed);
        AddUp(graph.Definition, graph.Inputs);
    }

    private static void AddUp(GraphDefinition graph, IReadOnlyDictionary<string, Literal> inputs)
    {
        (Execution execution, TraceFacts facts) = Engine.Describe(graph, inputs, Trace.Query(null, null, null));
        var numbers = execution.Results.ToDictionary(result => result.Key, result => result.Value);
        TracedValue[] used = [.. facts.Backward.Where(value => value.Uses.Count > 0)];
        used.ShouldNotBeEmpty();
        foreach (TracedValue value in used)
        {
            Tensor gradient = numbers[ResultKey.Gradient(value.Name)];
            Tensor[] contributions = [.. value.Uses.Select(use => numbers[ResultKey.Contribution(use.Number)])];
            contributions.ShouldAllBe(contribution => contribution.Shape.Equals(gradient.Shape), value.Name);
            for (int i = 0; i < gradient.Count; i++)
            {
                double tolerance = 1e-12 * (1 + contributions.Max(contribution => Math.Abs(contribution[i])));
                contributions.Sum(contribution => contribution[i]).ShouldBe(gradient[i], tolerance, value.Name);
            }
        }

        Drawn(new DiagramRenderer(graph, new Dictionary<string, Tensor>(), facts, numbers).Draw());
    }

    // Four digits are drawn; values that are too large are drawn as summaries, which do not add up.
    private static void Drawn(Diagram diagram)
    {
        foreach (DiagramNode node in diagram.Nodes.Where(node => node.Gradient is { } gradient && !gradient.Contains("norm")))
        {
            string[] drawn = [.. diagram.Edges.Where(edge => edge.From == node.Id).Select(edge => edge.Contribution).OfType<string>()];
            double[] gradient = Numbers(node.Gradient!);
            double[][] contributions = Array.ConvertAll(drawn, Numbers);
            for (int i = 0; i < gradient.Length && drawn.Length > 0; i++)
            {
                double tolerance = 1e-3 * (Math.Abs(gradient[i]) + contributions.Sum(contribution => Math.Abs(contribution[i])));
                contributions.Sum(contribution => contribution[i]).ShouldBe(gradient[i], tolerance, node.Id);
            }
        }
    }

    private static double[] Numbers(string text) =>
    [
        .. text[(text.LastIndexOf('=') + 1)..].Split([' ', ',', '[', ']', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];
}
