namespace Backprop.Compute.Host;

/// <summary>The states of ended runs of a plan, as many as there are cores: more would only be kept for nothing. Safe for concurrent use.</summary>
internal sealed class IdleRuns
{
    private readonly PlanRun?[] runs = new PlanRun?[Environment.ProcessorCount];

    /// <summary>One of them, or null where all are in use.</summary>
    public PlanRun? Take()
    {
        foreach (ref PlanRun? index in runs.AsSpan())
        {
            if (index is not null && Interlocked.Exchange(ref index, null) is { } run)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>Keeps one, if there is room.</summary>
    public void Give(PlanRun run)
    {
        foreach (ref PlanRun? index in runs.AsSpan())
        {
            if (index is null && Interlocked.CompareExchange(ref index, run, null) is null)
            {
                return;
            }
        }
    }
}
