using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations.Checkpointing;
using Backprop.Testing.Running;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Checkpointing;

/// <summary>Whatever is kept or recomputed, the results are the same bits.</summary>
public class SameBitsTests
{
    private static readonly Gen<CheckpointStrategy> Strategies = Gen.OneOf<CheckpointStrategy>(
        Gen.Const<CheckpointStrategy>(new CheckpointStrategy.None()),
        Gen.Const<CheckpointStrategy>(new CheckpointStrategy.Sqrt()),
        Gen.Int[1, 9].Select(k => (CheckpointStrategy)new CheckpointStrategy.Every(k)),
        Gen.Int[1, 6].Select(slots => (CheckpointStrategy)new CheckpointStrategy.Revolve(slots)),
        Gen.Int[0, 9].Array[0, 4].Select(picks => (CheckpointStrategy)new CheckpointStrategy.Save([.. picks.Select(i => $"n{i}"), "x", "c"])));

    [Fact]
    public void Random_graphs() => Gen.Select(Gen.Int, Gen.Int[10, 60], Strategies, Gen.Bool, Gen.Int[0, 7]).Sample(
        (seed, size, strategy, single, form) =>
        {
            DType dtype = single ? DType.Float32 : DType.Float64;
            bool isBatched = form % 2 == 1;
            double? clip = form / 2 % 2 == 1 ? 0.1 : null;
            (string output, Literal? cotangent) = form / 4 == 1 ? ("s", ChainGraphs.Values(new Random(seed), isBatched ? [2, 3, 4] : [3, 4])) : ("L", null);
            GraphDefinition graph = ChainGraphs.Random(seed, size);
            if (isBatched && cotangent is not null && !DependsOnX(graph))
            {
                return;
            }

            Dictionary<string, Literal> inputs = isBatched ? ChainGraphs.RandomValues(2) : ChainGraphs.RandomValues();
            Execution Run(CheckpointStrategy? how) => Engine.Run(
                graph, inputs, Queries.Gradient(["x", "w", "c"], output, cotangent, clip, how), dtype, isBatched ? ["x"] : []);
            Execution expected = Run(null), answer = Run(strategy);
            CompiledQuery compiled = answer.Query;
            ShouldBeSame(answer, expected);
            compiled.Checkpointing!.PlannedPeakBytes.ShouldBe(compiled.Plan.PeakBytes);
            answer.MeasuredPeakBytes.ShouldBe(compiled.Plan.PeakBytes);
            if (strategy is not CheckpointStrategy.Revolve)
            {
                double forward = Engine.Run(graph, inputs, Queries.Value(output), dtype, isBatched ? ["x"] : []).Query.Graph.Nodes.Sum(node => node.Op.Flops(node));
                compiled.Checkpointing.RecomputedFlops.ShouldBeLessThanOrEqualTo(forward);
            }
        },
        iter: 300);

    [Fact]
    public void Budgets_between_the_extremes_are_kept()
    {
        GraphDefinition graph = ChainGraphs.Mlp(24);
        Dictionary<string, Literal> inputs = ChainGraphs.MlpValues(24, 8, 8);
        Execution expected = Engine.Run(graph, inputs, Queries.Gradient(["x"], null, null, null));
        long all = Facts(new CheckpointStrategy.None()).Facts.PlannedPeakBytes;
        double before = 0;
        for (long budget = all; budget > all / 2; budget -= all / 16)
        {
            (Execution answer, CheckpointFacts facts) = Facts(new CheckpointStrategy.MemoryBudget(budget));
            ShouldBeSame(answer, expected);
            answer.MeasuredPeakBytes!.Value.ShouldBeLessThanOrEqualTo(budget);
            facts.RecomputedFlops.ShouldBeGreaterThanOrEqualTo(before);
            before = facts.RecomputedFlops;
        }

        before.ShouldBeGreaterThan(0);

        (Execution, CheckpointFacts Facts) Facts(CheckpointStrategy strategy)
        {
            Execution execution = Engine.Run(graph, inputs, Queries.Gradient(["x"], null, null, null, strategy));
            return (execution, execution.Query.Checkpointing!);
        }
    }

    private static void ShouldBeSame(Execution answer, Execution expected)
    {
        answer.Results.Select(result => result.Key).ShouldBe(expected.Results.Select(result => result.Key));
        foreach (KeyedTensor result in answer.Results)
        {
            result.Value.Type.ShouldBe(expected[result.Key].Type);
            result.Value.Bytes().SequenceEqual(expected[result.Key].Bytes()).ShouldBeTrue($"{result.Key}");
        }
    }

    private static bool DependsOnX(GraphDefinition graph)
    {
        HashSet<string> reached = ["x"];
        foreach (NodeDefinition node in graph.Nodes.Where(node => node.Inputs.Any(input => input.Name is { } name && reached.Contains(name))))
        {
            reached.Add(node.Name);
        }

        return reached.Contains("s");
    }
}
