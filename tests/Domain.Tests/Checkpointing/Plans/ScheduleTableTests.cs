using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Graphs;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Checkpointing.Plans;

/// <summary>Dynamic programming over unequal layers against a search over all possible contents of memory.</summary>
public class ScheduleTableTests
{
    private const long Cells = 1 << 22;

    private static readonly Gen<LayerCosts> Chains = Gen.Int[1, 5].SelectMany(layers => Gen.Select(
        Gen.Int[1, 9].Array[layers], Gen.Int[1, 4].Array[layers], Gen.Int[1, 7].Array[layers],
        (activations, boundaries, forward) => new LayerCosts(Doubles(activations), Doubles(boundaries), Doubles(forward))));

    [Fact]
    public void A_budget_is_used_as_well_as_can_be() => Gen.Select(Chains, Gen.Double[0, 1]).Sample((layers, share) =>
    {
        double bytes = Math.Floor(layers.Boundary(0) + 1 + (share * layers.TotalActivations));
        ScheduleTable table = ScheduleTable.ForBytes(layers, bytes, Cells);
        table.IsExact.ShouldBeTrue();
        double least = new Search(layers, bytes, int.MaxValue).LeastTime();
        if (table.Best() is not { } best)
        {
            least.ShouldBe(double.PositiveInfinity);
            return;
        }

        ScheduleFigures figures = ScheduleFigures.Of(layers, best);
        figures.ExtraTime.ShouldBe(least, 1e-9);
        figures.PeakBytes.ShouldBeLessThanOrEqualTo(bytes);
        ScheduleMachine.Run(layers.Count, best);
    },
    iter: 100);

    [Fact]
    public void States_are_used_as_well_as_can_be() => Gen.Select(Chains, Gen.Int[1, 4]).Sample((layers, states) =>
    {
        IEnumerable<CheckpointAction> best = ScheduleTable.ForStates(layers, states, Cells).Best()!;
        ScheduleMachine run = ScheduleMachine.Run(layers.Count, best);
        run.MostStored.ShouldBeLessThanOrEqualTo(states);
        ScheduleFigures.Of(layers, best).ExtraTime.ShouldBe(new Search(layers, double.PositiveInfinity, states).LeastTime(), 1e-9);
    },
    iter: 100);

    [Fact]
    public void Rounded_bytes_never_break_the_budget() => Gen.Select(Gen.Double[0.1, 9].Array[12], Gen.Double[0.1, 3].Array[12], Gen.Double[0.3, 1]).Sample((activations, boundaries, share) =>
    {
        var layers = new LayerCosts(activations, boundaries, [.. Enumerable.Repeat(1.0, 12)]);
        double bytes = share * layers.TotalActivations;
        if (bytes > layers.Boundary(0) && ScheduleTable.ForBytes(layers, bytes, Cells) is { } table && table.Best() is { } best)
        {
            table.IsExact.ShouldBeFalse();
            ScheduleMachine.Run(12, best);
            ScheduleFigures.Of(layers, best).PeakBytes.ShouldBeLessThanOrEqualTo(bytes + 1e-9);
        }
    },
    iter: 100);

    [Fact]
    public void The_plans_of_a_budget_fit_and_the_front_falls() => Gen.Select(Chains, Gen.Double[0.2, 1.2]).Sample((layers, share) =>
    {
        double bytes = share * layers.TotalActivations;
        try
        {
            CheckpointPlans plans = new CheckpointPlanning(layers, Cells).ForBytes(bytes);
            CheckpointSchedule?[] fitting = [plans.Segments, plans.Revolve, plans.Optimal];
            fitting.OfType<CheckpointSchedule>().ShouldAllBe(plan => plan.Figures.PeakBytes <= bytes && plan.Figures.ExtraTime >= plans.Optimal.Figures.ExtraTime);
            plans.Front.Zip(plans.Front.Skip(1)).ShouldAllBe(pair =>
                pair.First.Figures.PeakBytes > pair.Second.Figures.PeakBytes && pair.First.Figures.ExtraTime < pair.Second.Figures.ExtraTime);
            plans.Front[0].Figures.ExtraTime.ShouldBe(0);
        }
        catch (GraphException error)
        {
            double least = double.Parse(error.Message.Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture);
            least.ShouldBeGreaterThan(bytes);
            new CheckpointPlanning(layers, Cells).ForBytes(least).Optimal.Figures.PeakBytes.ShouldBe(least);
            new Search(layers, least - 0.5, int.MaxValue).LeastTime().ShouldBe(double.PositiveInfinity);
        }
    },
    iter: 100);

    [Fact]
    public void Too_many_unequal_layers_are_refused_before_the_table_is_made()
    {
        double[] unequal = [.. Enumerable.Range(1, 10_000).Select(i => (double)i)];
        var layers = new LayerCosts(unequal, unequal, unequal);
        Should.Throw<LimitException>(() => ScheduleTable.ForBytes(layers, 1e6, Cells)).Limit.ShouldBe("Limits:PlanCells");
        Should.Throw<LimitException>(() => ScheduleTable.ForStates(layers, 3, Cells)).Path.ShouldBe("layers");
    }

    private static double[] Doubles(int[] values) => Array.ConvertAll(values, value => (double)value);
}
