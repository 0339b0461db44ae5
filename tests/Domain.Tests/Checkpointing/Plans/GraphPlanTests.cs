using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Domain.Graphs;
using Backprop.Testing.Running;
using CsCheck;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Backprop.Domain.Tests.Checkpointing.Plans;

/// <summary>A graph's plan predicts exactly what a run holds and repeats, and its results are the same bits.</summary>
public class GraphPlanTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(4L)]
    [InlineData(1L)]
    [InlineData(null)]
    public void Unequal_layers(long? checkpoints)
    {
        (GraphDefinition graph, Dictionary<string, Literal> inputs) = Pyramid([96, 64, 128, 8, 64, 16, 160, 4, 32, 96, 8, 64]);
        SurveyedGraph survey = Survey(graph, inputs, ["*"], checkpoints, null);
        Show(survey);
        ShouldBeTrue(graph, inputs, ["*"], survey);
        survey.Optimal.PlannedPeakBytes.ShouldBeLessThanOrEqualTo(survey.Segments!.PlannedPeakBytes);
        survey.Optimal.RecomputedFlops.ShouldBeLessThanOrEqualTo(survey.Segments.RecomputedFlops);
    }

    [Fact]
    public void Chosen_values_repeat_less_than_equal_segments_within_the_same_budget()
    {
        (GraphDefinition graph, Dictionary<string, Literal> inputs) = Pyramid([96, 64, 128, 8, 64, 16, 160, 4, 32, 96, 8, 64, 128, 8, 96, 16]);
        long all = Survey(graph, inputs, ["x"], 1, null).None.PlannedPeakBytes;
        int better = 0;
        for (long budget = all - (all / 16); budget > all / 4 * 3; budget -= all / 16)
        {
            SurveyedGraph survey = Survey(graph, inputs, ["x"], null, budget);
            Show(survey);
            survey.Optimal.PlannedPeakBytes.ShouldBeLessThanOrEqualTo(budget);
            better += survey.Segments is null || survey.Optimal.RecomputedFlops < survey.Segments.RecomputedFlops ? 1 : 0;
            ShouldBeTrue(graph, inputs, ["x"], survey);
        }

        better.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Random_graphs() => Gen.Select(Gen.Int, Gen.Int[10, 40], Gen.Int[1, 8]).Sample(
        (seed, size, checkpoints) =>
        {
            GraphDefinition graph = ChainGraphs.Random(seed, size);
            Dictionary<string, Literal> inputs = ChainGraphs.RandomValues();
            ShouldBeTrue(graph, inputs, ["x", "w", "c"], Survey(graph, inputs, ["x", "w", "c"], checkpoints, null));
        },
        iter: 15);

    [Fact]
    public void A_budget_that_nothing_meets_says_what_can_be_reached()
    {
        (GraphDefinition graph, Dictionary<string, Literal> inputs) = Pyramid([8, 16, 8, 32]);
        GraphException error = Should.Throw<GraphException>(() => Survey(graph, inputs, ["x"], null, 100));
        error.Path.ShouldBe("memoryBudget");
        long smallest = long.Parse(error.Message.Split(' ')[^2]);
        Survey(graph, inputs, ["x"], null, smallest).Optimal.PlannedPeakBytes.ShouldBe(smallest);
    }

    [Fact]
    public void An_input_that_is_the_output_has_nothing_to_plan()
    {
        var graph = new GraphDefinition([new InputDefinition("x")], [], [], ["x"]);
        SurveyedGraph survey = Survey(graph, new Dictionary<string, Literal> { ["x"] = Literal.Of(2.0) }, ["x"], 3, null);
        survey.Layers.ShouldBeEmpty();
        survey.Optimal.RecomputedFlops.ShouldBe(0);
    }

    /// <summary>Layers of different widths, so that they keep different amounts.</summary>
    private static (GraphDefinition Graph, Dictionary<string, Literal> Inputs) Pyramid(int[] widths)
    {
        var random = new Random(3);
        var inputs = new Dictionary<string, Literal> { ["x"] = ChainGraphs.Values(random, 32, 16) };
        var nodes = new List<NodeDefinition>();
        (string value, int width) = ("x", 16);
        for (int i = 0; i < widths.Length; i++)
        {
            inputs[$"w{i}"] = ChainGraphs.Values(random, width, widths[i]);
            nodes.Add(new NodeDefinition("MatMul", [value, $"w{i}"], NodeDefinition.NoAttributes, [$"z{i}"]));
            nodes.Add(new NodeDefinition(i % 3 == 0 ? "Gelu" : "Tanh", [$"z{i}"], NodeDefinition.NoAttributes, [$"h{i}"]));
            (value, width) = ($"h{i}", widths[i]);
        }

        nodes.Add(new NodeDefinition("ReduceSum", [value], NodeDefinition.NoAttributes, ["L"]));
        return (new GraphDefinition([.. inputs.Keys.Select(name => new InputDefinition(name))], [], nodes, ["L"]), inputs);
    }

    private static SurveyedGraph Survey(GraphDefinition graph, Dictionary<string, Literal> inputs, string[] wrt, long? checkpoints, long? budget) =>
        Engine.Survey(graph, inputs, strategy => Queries.Gradient(wrt, graph.Outputs[0], null, null, strategy), checkpoints, budget);

    private static void ShouldBeTrue(GraphDefinition graph, Dictionary<string, Literal> inputs, string[] wrt, SurveyedGraph survey)
    {
        Execution expected = Engine.Run(graph, inputs, Queries.Gradient(wrt, "L", null, null));
        CheckpointFacts?[] plans = [survey.None, survey.Sqrt, survey.BestSegments, survey.Segments, survey.Revolve, survey.Optimal, .. survey.Front];
        foreach (CheckpointFacts plan in plans.OfType<CheckpointFacts>().DistinctBy(plan => plan.Strategy.Key))
        {
            Execution run = Engine.Run(graph, inputs, Queries.Gradient(wrt, "L", null, null, plan.Strategy));
            run.MeasuredPeakBytes.ShouldBe(plan.PlannedPeakBytes, plan.Strategy.Key);
            (run.Query.Checkpointing! with { Strategy = plan.Strategy }).ShouldBe(plan);
            foreach (KeyedTensor result in run.Results)
            {
                result.Value.Bytes().SequenceEqual(expected[result.Key].Bytes()).ShouldBeTrue($"{result.Key} {plan.Strategy.Key}");
            }
        }
    }

    private void Show(SurveyedGraph survey)
    {
        foreach (CheckpointFacts facts in survey.Front.Append(survey.Optimal))
        {
            output.WriteLine($"{facts.PlannedPeakBytes} bytes, {facts.RecomputedFlops} of {facts.Flops}: {facts.Strategy.Key}");
        }
    }
}
