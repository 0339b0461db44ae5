namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>A way to run a chain of layers in less memory, and its cost.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Checkpoints">The most states that it stores at a time, including that before the first layer; 0 if it stores none.</param>
/// <param name="Figures">Its cost.</param>
/// <param name="Actions">Its steps.</param>
public sealed record CheckpointSchedule(string Strategy, int Checkpoints, ScheduleFigures Figures, IEnumerable<CheckpointAction> Actions)
{
    /// <summary>A plan with the figures of its schedule.</summary>
    public static CheckpointSchedule Of(string strategy, int checkpoints, LayerCosts layers, IEnumerable<CheckpointAction> actions) =>
        new(strategy, checkpoints, ScheduleFigures.Of(layers, actions), actions);

    /// <summary>Everything is kept: one forward and one backward pass.</summary>
    public static CheckpointSchedule None(LayerCosts layers) =>
        Of("none", 0, layers, [CheckpointAction.Keep(0, layers.Count), CheckpointAction.Reverse(0, layers.Count)]);

    /// <summary>Checkpoints at equal distances.</summary>
    public static CheckpointSchedule Segments(string strategy, LayerCosts layers, int segments) =>
        Of(strategy, segments, layers, EqualSegments.Actions(layers.Count, segments));

    /// <summary>The binomial schedule.</summary>
    public static CheckpointSchedule Revolve(LayerCosts layers, int states) =>
        Of("revolve", states, layers, RevolveSchedule.Actions(layers.Count, states));
}
