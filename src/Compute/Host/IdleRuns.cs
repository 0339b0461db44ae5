namespace Backprop.Compute.Host;

/// <summary>The states of finished runs of a plan, at most one per core, since no more can run at once. Safe for concurrent use.</summary>
internal sealed class IdleRuns
{
    private readonly PlanRun?[] runs = new PlanRun?[Environment.ProcessorCount];

    /// <summary>One of them, or null if there is none.</summary>
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
