using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Transformations.Checkpointing;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Checkpointing.Plans;

/// <summary>Schedules are run step by step and compared with their formulas.</summary>
public class ScheduleTests
{
    [Theory]
    [InlineData(10, 3, 15)]
    [InlineData(32, 5, 68)]
    [InlineData(100, 10, 222)]
    public void Known_counts_of_revolve(int layers, int states, long advances)
    {
        BinomialSchedule.Advances(layers, states).ShouldBe(advances);
        ScheduleFigures.Of(Equal(layers), RevolveSchedule.Actions(layers, states)).Advances.ShouldBe(advances);
    }

    [Fact]
    public void Revolve_advances_as_often_as_the_formula_says_and_stores_no_more_than_allowed()
    {
        for (int layers = 1; layers <= 60; layers++)
        {
            for (int states = 1; states <= 12; states++)
            {
                ScheduleMachine run = ScheduleMachine.Run(layers, RevolveSchedule.Actions(layers, states));
                run.Advanced.ShouldBe(BinomialSchedule.Advances(layers, states), $"{layers} layers, {states} states");
                run.MostStored.ShouldBeLessThanOrEqualTo(states);
                run.MostKept.ShouldBe(1);
            }
        }
    }

    [Fact]
    public void Revolve_is_what_dynamic_programming_finds()
    {
        for (int layers = 1; layers <= 60; layers++)
        {
            for (int states = 1; states <= 12; states++)
            {
                IEnumerable<CheckpointAction> best = ScheduleTable.ForStates(Equal(layers), states, 1 << 20).Best()!;
                ScheduleMachine run = ScheduleMachine.Run(layers, best);
                run.Advanced.ShouldBe(BinomialSchedule.Advances(layers, states), $"{layers} layers, {states} states");
                run.MostStored.ShouldBeLessThanOrEqualTo(states);
            }
        }
    }

    [Fact]
    public void Equal_segments_need_what_the_formula_says()
    {
        for (int layers = 1; layers <= 40; layers++)
        {
            for (int segments = 1; segments <= layers; segments++)
            {
                int longest = (layers + segments - 1) / segments;
                ScheduleMachine run = ScheduleMachine.Run(layers, EqualSegments.Actions(layers, segments));
                ScheduleFigures figures = ScheduleFigures.Of(Equal(layers, 17, 3), EqualSegments.Actions(layers, segments));
                (run.MostStored, run.MostKept, run.Advanced).ShouldBe((segments, longest, layers - longest));
                figures.PeakBytes.ShouldBe((segments * 3) + (longest * 17));
                figures.LiveActivations.ShouldBe(segments + longest);
                EqualSegments.PeakBytes(Equal(layers, 17, 3), segments).ShouldBe(figures.PeakBytes);
            }
        }
    }

    [Fact]
    public void The_lesson_and_the_transformer()
    {
        CheckpointPlans lesson = new CheckpointPlanning(Equal(32), 1 << 22).ForStates(5);
        lesson.Segments!.Figures.LiveActivations.ShouldBe(12);
        lesson.Segments.Figures.Boundaries.ShouldBe([0, 6, 12, 19, 25]);
        (lesson.BestSegments.Checkpoints, lesson.BestSegments.Figures.LiveActivations).ShouldBe((4, 12));
        Enumerable.Range(1, 32).Where(k => EqualSegments.PeakBytes(Equal(32), k) == 12).ShouldBe([4, 5, 6, 7, 8]);
        lesson.Revolve!.Figures.Advances.ShouldBe(68);

        LayerCosts transformer = Equal(32, 34, 2);
        CheckpointPlans plans = new CheckpointPlanning(transformer, 1 << 22).ForStates(32);
        plans.None.Figures.PeakBytes.ShouldBe(1088);
        EqualSegments.PeakBytes(transformer, 6).ShouldBe(216);
        plans.Segments!.Figures.PeakBytes.ShouldBe(98);
        (plans.BestSegments.Checkpoints, plans.BestSegments.Figures.PeakBytes).ShouldBe((32, 98));
    }

    [Fact]
    public void A_state_per_layer_is_one_more_forward_pass_but_for_the_last_layer()
    {
        ScheduleFigures figures = ScheduleFigures.Of(Equal(9), EqualSegments.Actions(9, 9));
        (figures.Advances, figures.ForwardSteps).ShouldBe((8, 17));
    }

    internal static LayerCosts Equal(int layers, double activations = 1, double boundary = 1) => new(
        [.. Enumerable.Repeat(activations, layers)], [.. Enumerable.Repeat(boundary, layers)], [.. Enumerable.Repeat(1.0, layers)]);
}
