using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations.Checkpointing;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Checkpointing;

/// <summary>The schedule against the least counts, found by trying every position for the next state.</summary>
public class BinomialScheduleTests
{
    private const int MaxSteps = 40;
    private const int MaxStates = 8;

    [Theory]
    [InlineData(10, 3, 15)]
    [InlineData(10, 1, 45)]
    [InlineData(10, 10, 9)]
    [InlineData(1, 1, 0)]
    [InlineData(6, 2, 8)]
    [InlineData(1_000_000, 1_000_000, 999_999)]
    public void Known_counts(long steps, long states, long advances) => BinomialSchedule.Advances(steps, states).ShouldBe(advances);

    [Fact]
    public void Advances_are_the_least()
    {
        long[,] least = Least();
        for (int states = 1; states <= MaxStates; states++)
        {
            for (int steps = 1; steps <= MaxSteps; steps++)
            {
                BinomialSchedule.Advances(steps, states).ShouldBe(least[steps, states], $"{steps} steps, {states} states");
            }
        }
    }

    [Fact]
    public void Splits_are_optimal()
    {
        long[,] least = Least();
        for (int states = 2; states <= MaxStates; states++)
        {
            for (int steps = 2; steps <= MaxSteps; steps++)
            {
                int split = (int)BinomialSchedule.Split(steps, states);
                split.ShouldBeInRange(1, steps - 1);
                (split + least[split, states] + least[steps - split, states - 1]).ShouldBe(least[steps, states], $"{steps} steps, {states} states");
            }
        }
    }

    /// <summary>
    /// A chain of sines: each layer is one operation and its derivative needs only its input, so the repeated operations are the advances except for
    /// those of the forward pass itself.
    /// </summary>
    [Theory]
    [InlineData(10, 2)]
    [InlineData(12, 1)]
    [InlineData(35, 3)]
    [InlineData(7, 30)]
    public void The_executed_graph_repeats_as_often_as_the_schedule_says(int layers, int slots)
    {
        GraphDefinition graph = ChainGraphs.Sines(layers);
        var inputs = new Dictionary<string, Literal> { ["x"] = Literal.Of(0.5) };

        Graph made = Engine.Run(
            graph, inputs, Queries.Gradient(null, null, null, null, new CheckpointStrategy.Revolve(slots))).Query.Graph;

        int sines = made.Nodes.Count(node => node.Op.Name == "Sin");
        (sines - 1).ShouldBe((int)BinomialSchedule.Advances(layers, slots + 1));
    }

    // t(l, c) = min over k of k + t(k, c) + t(l − k, c − 1); with one state all advances start at the beginning.
    private static long[,] Least()
    {
        var least = new long[MaxSteps + 1, MaxStates + 1];
        for (int states = 1; states <= MaxStates; states++)
        {
            for (int steps = 2; steps <= MaxSteps; steps++)
            {
                least[steps, states] = states == 1
                    ? steps * (steps - 1) / 2
                    : Enumerable.Range(1, steps - 1).Min(k => k + least[k, states] + least[steps - k, states - 1]);
            }
        }

        return least;
    }
}
