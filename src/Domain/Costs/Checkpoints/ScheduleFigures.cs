namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>The cost of a schedule, found by simulating it step by step.</summary>
/// <param name="PeakBytes">The most bytes of states and activations that are in memory at a time.</param>
/// <param name="LiveActivations">The most states and layers' activations that are in memory at a time, by number.</param>
/// <param name="States">The most states that are stored at a time.</param>
/// <param name="Advances">Layers run forward without keeping their activations: each one is work beyond one forward and one backward pass.</param>
/// <param name="ForwardSteps">Layers run forward in total; each layer is run once with its activations kept.</param>
/// <param name="ExtraTime">The time of the advances.</param>
/// <param name="Boundaries">The layers before which a state is stored in the first forward pass.</param>
/// <param name="Actions">The number of steps.</param>
public sealed record ScheduleFigures(
    double PeakBytes, long LiveActivations, int States, long Advances, long ForwardSteps, double ExtraTime, IReadOnlyList<int> Boundaries,
        long Actions)
{
    /// <summary>Simulates a schedule. The input of a layer whose activations are kept counts as a state, stored or not.</summary>
    public static ScheduleFigures Of(LayerCosts layers, IEnumerable<CheckpointAction> actions)
    {
        var run = new ScheduleRun(layers);
        foreach (CheckpointAction action in actions)
        {
            run.Do(action);
        }

        return run.Figures();
    }
}
