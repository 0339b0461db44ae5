namespace Backprop.Domain.Costs.Steps;

/// <summary>The smallest arrangement of devices on which a step fits.</summary>
public static class FewestDevices
{
    /// <summary>Devices per node, beyond which sharing layers is too slow (Narayanan et al. 2021, §3.2).</summary>
    public const long MostTensor = 8;

    private const long MostStages = 1024;
    private const long MostReplicas = 65_536;
    private const int MostTried = 20_000;

    /// <summary>
    /// Tries replicas that share the batch evenly, up to eight devices per layer, and stages that share the layers evenly, the fewest devices first;
    /// the batch is as requested, one sequence at a time. The ZeRO stage is the requested one, or 3.
    /// </summary>
    /// <param name="setup">The step.</param>
    /// <param name="capacity">Bytes per device.</param>
    /// <returns>The arrangement, or null if none fits.</returns>
    public static ParallelLayout? Of(StepSetup setup, double capacity)
    {
        IEnumerable<ParallelLayout> candidates =
            from tensor in Tensors(setup)
            from stages in Stages(setup)
            from replicas in Replicas(setup)
            from zero in replicas > 1 && setup.Layout.ZeroStage < 3 ? new[] { setup.Layout.ZeroStage, 3 } : [setup.Layout.ZeroStage]
            orderby replicas * tensor * stages, zero, stages, tensor
            select new ParallelLayout(replicas, tensor, stages, 1, setup.Layout.SequenceParallel, zero);
        return candidates.Take(MostTried).FirstOrDefault(layout => MemoryNeed.Of(Arranged(setup, layout)).Total <= capacity);
    }

    /// <summary>The step on an arrangement: one sequence at a time.</summary>
    public static StepSetup Arranged(StepSetup setup, ParallelLayout layout) =>
        setup with { Layout = layout, MicroBatch = 1, Batch = Math.Max(setup.Batch, layout.Data) };

    private static IEnumerable<long> Tensors(StepSetup setup) => setup.Model.Configuration is { } model
        ? Divisors(model.Heads, MostTensor).Where(t => model.KeyValueHeads % t == 0 || t % model.KeyValueHeads == 0)
        : [1, 2, 4, 8];

    private static IEnumerable<long> Stages(StepSetup setup) => setup.Model.Configuration is { } model ? Divisors(model.Layers, MostStages)
        : PowersOfTwo(MostStages);

    // A batch of one sequence per replica grows with the replicas.
    private static IEnumerable<long> Replicas(StepSetup setup) =>
        setup.Batch == setup.Layout.Data ? PowersOfTwo(MostReplicas) : Divisors(setup.Batch, MostReplicas);

    private static List<long> Divisors(long number, long most)
    {
        var divisors = new List<long>();
        for (long divisor = 1; divisor <= Math.Min(number, most); divisor++)
        {
            if (number % divisor == 0)
            {
                divisors.Add(divisor);
            }
        }

        return divisors;
    }

    private static IEnumerable<long> PowersOfTwo(long most)
    {
        for (long power = 1; power <= most; power *= 2)
        {
            yield return power;
        }
    }
}
