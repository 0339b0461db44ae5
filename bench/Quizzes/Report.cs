namespace Backprop.Quizzes;

/// <summary>Reports the results of a run.</summary>
internal static class Report
{
    private const int MostFaults = 20;

    /// <summary>Prints the figures; false if there are faults.</summary>
    public static bool Write(ResultLog ledger, Options options)
    {
        foreach ((string asked, IEnumerable<double> times) in ledger.Times.OrderBy(entry => entry.Key))
        {
            double[] sorted = [.. times.Order()];
            Console.WriteLine($"{asked,-7} {sorted.Length,8} requests {sorted.Length / options.Seconds,8:0} /s   p50 {At(0.5),7:0.0} ms   p99 {At(0.99),7:0.0} ms   max {sorted[^1],7:0.0} ms");

            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        }

        Console.WriteLine($"statuses: {string.Join(", ", ledger.Statuses.OrderBy(entry => entry.Key).Select(entry => $"{(int)entry.Key}: {entry.Value}"))}; unanswered while the service was away: {ledger.Unanswered}");
        Console.WriteLine($"{options.Clients} clients, {options.Seconds} s: {ledger.Acknowledged.Count} answers acknowledged, {ledger.Faults.Count} faults");
        foreach (string fault in ledger.Faults.Take(MostFaults))
        {
            Console.WriteLine(fault);
        }

        return ledger.Faults.IsEmpty;
    }
}
