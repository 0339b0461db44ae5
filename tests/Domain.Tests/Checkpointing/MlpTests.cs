using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Backprop.Domain.Tests.Checkpointing;

/// <summary>What checkpointing saves and costs for a deep chain.</summary>
public class MlpTests(ITestOutputHelper output)
{
    private const int Layers = 64;
    private static readonly Dictionary<string, Literal> Values = ChainGraphs.MlpValues(Layers, 64, 64);

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Relu")]
    [InlineData("Gelu")]
    public void Sqrt_needs_a_third_of_the_activations_for_one_forward_pass(string activation)
    {
        GraphDefinition graph = ChainGraphs.Mlp(Layers, activation);
        (Execution none, CheckpointFacts everything) = Run(graph, new CheckpointStrategy.None());
        (Execution run, CheckpointFacts facts) = Run(graph, new CheckpointStrategy.Sqrt());

        double planned = (double)(facts.PlannedPeakBytes - facts.ResultBytes) / (everything.PlannedPeakBytes - everything.ResultBytes);
        double measured = (double)(run.MeasuredPeakBytes!.Value - facts.ResultBytes) / (none.MeasuredPeakBytes!.Value - everything.ResultBytes);
        output.WriteLine($"{activation}: planned {planned:0.000}, measured {measured:0.000}, saved {facts.SavedValues} of {everything.SavedValues}");
        output.WriteLine($"{everything}\n{facts}");
        planned.ShouldBeLessThanOrEqualTo(0.35);
        measured.ShouldBeLessThanOrEqualTo(0.35);
        facts.PlannedPeakBytesWithout.ShouldBe(everything.PlannedPeakBytes);
        facts.RecomputedFlops.ShouldBeInRange(1, Forward(graph));
        facts.Flops.ShouldBe(everything.Flops + facts.RecomputedFlops);
    }

    [Fact]
    public void Revolve_trades_slots_for_repetitions()
    {
        GraphDefinition graph = ChainGraphs.Mlp(Layers);
        CheckpointFacts before = Run(graph, new CheckpointStrategy.Revolve(16)).Facts;
        before.PlannedPeakBytes.ShouldBeLessThan(before.PlannedPeakBytesWithout);
        foreach (int slots in (int[])[8, 4, 2])
        {
            CheckpointFacts facts = Run(graph, new CheckpointStrategy.Revolve(slots)).Facts;
            output.WriteLine($"{facts}");
            facts.PlannedPeakBytes.ShouldBeLessThan(before.PlannedPeakBytes);
            facts.RecomputedFlops.ShouldBeGreaterThan(before.RecomputedFlops);
            before = facts;
        }
    }

    [Fact]
    public void A_budget_that_nothing_meets_says_what_can_be_reached()
    {
        GraphDefinition graph = ChainGraphs.Mlp(4);
        GraphException error = Should.Throw<GraphException>(() => Run(graph, new CheckpointStrategy.MemoryBudget(1000)));
        error.Path.ShouldBe("checkpointing.memoryBudget");
        long smallest = long.Parse(error.Message.Split(' ')[^2]);
        Run(graph, new CheckpointStrategy.MemoryBudget(smallest)).Facts.PlannedPeakBytes.ShouldBe(smallest);
        Should.Throw<GraphException>(() => Run(graph, new CheckpointStrategy.MemoryBudget(smallest - 1)));
    }

    [Fact]
    public void Saved_values_are_told_by_name()
    {
        GraphDefinition graph = ChainGraphs.Mlp(8);
        CheckpointFacts facts = Run(graph, new CheckpointStrategy.Save(["h1", "h3", "h5"])).Facts;
        // The named ones, and what the derivatives of the last two layers need: the operand of each tanh and its result.
        facts.SavedValues.ShouldBe(3 + 4);
        GraphException error = Should.Throw<GraphException>(() => Run(graph, new CheckpointStrategy.Save(["h1", "nothing"])));
        error.Path.ShouldBe("checkpointing.save[1]");
    }

    [Fact]
    public void A_schedule_that_would_take_too_long_to_write_is_refused()
    {
        Graph gradient = Engine.Run(
            ChainGraphs.Sines(300), new Dictionary<string, Literal> { ["x"] = Literal.Of(0.5) }, Queries.Gradient(null, null, null, null)).Query.Graph;
        LimitException error = Should.Throw<LimitException>(
            () => Domain.Transformations.Checkpointing.Rematerialization.Apply(gradient, new CheckpointStrategy.Revolve(1), [], 1000));
        error.Path.ShouldBe("checkpointing");
        error.Limit.ShouldBe("Limits:MaxNodes");
    }

    private static (Execution Execution, CheckpointFacts Facts) Run(GraphDefinition graph, CheckpointStrategy strategy)
    {
        Dictionary<string, Literal> inputs = graph.Inputs.ToDictionary(input => input.Name, input => Values[input.Name]);
        Execution execution = Engine.Run(graph, inputs, Queries.Gradient(null, null, null, null, strategy));
        return (execution, execution.Query.Checkpointing!);
    }

    private static double Forward(GraphDefinition graph) =>
        Engine.Run(graph, Values, Queries.Evaluation()).Query.Graph.Nodes.Sum(node => (double)node.Op.Flops(node));
}
