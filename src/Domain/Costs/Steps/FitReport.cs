using System.Numerics;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Steps;

/// <summary>Whether a step fits on its devices, and if not, what would make it fit.</summary>
/// <param name="Needed">Bytes needed per device.</param>
/// <param name="Capacity">Bytes per device.</param>
/// <param name="LargestMicroBatch">The most sequences at a time that fit, everything else as requested; null if activations are not known.</param>
/// <param name="Fewest">The arrangement with the fewest devices that fits; null if the requested one fits, or none was found.</param>
/// <param name="FewestNeeded">Bytes needed per device in that arrangement.</param>
/// <param name="Changes">The fewest changes with which it fits on the requested devices.</param>
public sealed record FitReport(
    double Needed, double Capacity, long? LargestMicroBatch, ParallelLayout? Fewest, double FewestNeeded, IReadOnlyList<FitChange> Changes)
{
    /// <summary>Whether it fits.</summary>
    public bool Fits => Needed <= Capacity;

    /// <summary>Examines a step.</summary>
    public static FitReport Of(StepSetup setup, HardwareProfile hardware)
    {
        MemoryNeed need = MemoryNeed.Of(setup);
        double capacity = hardware.MemoryBytes;
        long? largest = need.Stored is null ? null : LargestBatch(setup, capacity);
        if (need.Total <= capacity)
        {
            return new FitReport(need.Total, capacity, largest, null, 0, []);
        }

        ParallelLayout? fewest = FewestDevices.Of(setup, capacity);
        double needed = fewest is null ? 0 : MemoryNeed.Of(FewestDevices.Arranged(setup, fewest)).Total;
        return new FitReport(need.Total, capacity, largest, fewest, needed, [.. FitChange.Of(setup, capacity)]);
    }

    // Activations are proportional to the micro-batch, states are independent of it.
    private static long LargestBatch(StepSetup setup, double capacity)
    {
        StepSetup One(long sequences) => setup with { MicroBatch = sequences, Batch = setup.Layout.Data * setup.MicroBatches * sequences };
        double states = MemoryNeed.Of(One(1)).States;
        double each = MemoryNeed.Of(One(1)).Total - states;
        double most = Math.Floor((capacity - states) / each);
        return most < 1 ? 0 : (long)Math.Min(most, StepRules.Most);
    }
}

/// <summary>A change with which a step fits.</summary>
/// <param name="Change">What to set, as part of the request.</param>
/// <param name="Needed">Bytes needed with the change.</param>
/// <param name="Price">Its cost.</param>
public sealed record FitChange(string Change, double Needed, string Price)
{
    private const int MostShown = 4;

    /// <summary>The fewest changes that suffice, the cheapest first: single ones, otherwise pairs, and so on.</summary>
    public static IEnumerable<FitChange> Of(StepSetup setup, double capacity)
    {
        (string Change, string Price, Func<StepSetup, StepSetup> Apply)[] offered = [.. Offered(setup)];
        return Enumerable.Range(1, (1 << offered.Length) - 1)
            .GroupBy(chosen => BitOperations.PopCount((uint)chosen)).OrderBy(group => group.Key)
            .Select(group => group.Select(chosen => Together(setup, [.. offered.Where((_, i) => (chosen >> i & 1) == 1)]))
                .Where(change => change.Needed <= capacity).Take(MostShown).ToArray())
            .FirstOrDefault(found => found.Length > 0) ?? [];
    }

    private static FitChange Together(StepSetup setup, (string Change, string Price, Func<StepSetup, StepSetup> Apply)[] chosen) => new(
        string.Join(", ", chosen.Select(change => change.Change)),
        MemoryNeed.Of(chosen.Aggregate(setup, (changed, change) => change.Apply(changed))).Total,
        string.Join(" ", chosen.Select(change => change.Price)));

    private static IEnumerable<(string, string, Func<StepSetup, StepSetup>)> Offered(StepSetup setup)
    {
        bool known = setup.Model.Configuration is not null;
        if (known && !setup.FlashAttention)
        {
            yield return ("\"flashAttention\": true", "One product of attention is recomputed; usually faster because of less traffic.", given =>
                given with { FlashAttention = true });
        }

        for (int stage = setup.Layout.ZeroStage + 1; stage <= 3 && setup.Layout.Data > 1; stage++)
        {
            int split = stage;
            yield return ($"\"zeroStage\": {split}", split < 3 ? "The same communication." : "1.5 times the communication.",
                given => given with { Layout = given.Layout with { ZeroStage = split } });
        }

        if (known && setup.Layout.Tensor > 1 && !setup.Layout.SequenceParallel)
        {
            yield return ("\"sequenceParallel\": true", "The same communication.", given =>
                given with { Layout = given.Layout with { SequenceParallel = true } });
        }

        if (known && setup.MicroBatch > 1)
        {
            yield return ("\"microBatchSize\": 1", "Smaller products, which use the device less efficiently.", given =>
                given with { MicroBatch = 1 });
        }

        if (known && setup.Policy == ActivationPolicy.None && !setup.FlashAttention)
        {
            yield return ("\"checkpointing\": \"selective\"", "The scores are computed twice.", given =>
                given with { Policy = ActivationPolicy.Selective });
        }

        if (known && setup.Policy is ActivationPolicy.None or ActivationPolicy.Selective)
        {
            yield return ("\"checkpointing\": \"full\"", "One more forward pass: about a third more work.", given =>
                given with { Policy = ActivationPolicy.Full });
        }

        if (setup.Optimizer is OptimizerMethod.Adam or OptimizerMethod.Adamw)
        {
            yield return ("\"optimizer\": \"adam8bit\"", "Moments of 8 bits.", given => given with { Optimizer = OptimizerMethod.Adam8bit });
        }
    }
}
