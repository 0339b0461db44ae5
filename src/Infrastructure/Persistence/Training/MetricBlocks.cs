using Backprop.Domain.Training;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>Stores and reads the recorded steps of runs, many in a row.</summary>
internal static class MetricBlocks
{
    // About 24 KB without parameters. A block is rewritten while it grows, so it is not larger.
    private const int MostInBlock = 512;
    private const int MostBytes = 64 << 10;

    /// <summary>Appends recorded steps in a transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="run">The number of the run.</param>
    /// <param name="metrics">Steps after those that are stored.</param>
    public static async Task AppendAsync(this BackpropDbContext context, long run, IReadOnlyList<StepMetrics> metrics)
    {
        StoredMetricBlock? last = await context.TrainingMetrics.Where(block => block.Run == run)
            .OrderByDescending(block => block.First).FirstOrDefaultAsync(CancellationToken.None);
        for (int start = 0; start < metrics.Count;)
        {
            if (last is null || last.Count >= MostInBlock || last.Data.Length >= MostBytes)
            {
                last = Begin(run, metrics[start]);
                context.Add(last);
            }

            StepMetrics[] part = [.. metrics.Skip(start).Take(MostInBlock - last.Count)];
            last.Data = [.. last.Data, .. MetricBytes.Records(part)];
            last.Last = part[^1].Step;
            last.Count += part.Length;
            start += part.Length;
        }
    }

    /// <summary>Recorded steps in order.</summary>
    /// <param name="context">The database.</param>
    /// <param name="id">The id of the run.</param>
    /// <param name="after">Only those after this step.</param>
    /// <param name="upTo">Only those up to this step.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<List<StepMetrics>> ReadMetricsAsync(
        this BackpropDbContext context, string id, long after, long upTo, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StepMetrics>();
        IQueryable<byte[]> blocks = context.TrainingMetrics
            .Where(block => block.Run == context.TrainingRuns.Single(run => run.Id == id).Sequence && block.Last > after && block.First <= upTo)
            .OrderBy(block => block.First).Select(block => block.Data);
        await foreach (byte[] block in blocks.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            found.AddRange(MetricBytes.Read(block).Where(metric => metric.Step > after && metric.Step <= upTo).Take(limit - found.Count));
            if (found.Count == limit)
            {
                break;
            }
        }

        return found;
    }

    private static StoredMetricBlock Begin(long run, StepMetrics first) => new()
    {
        Run = run,
        First = first.Step,
        Last = first.Step,
        Count = 0,
        Data = MetricBytes.Header(first),
    };
}
