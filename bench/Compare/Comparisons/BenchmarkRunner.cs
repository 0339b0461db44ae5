namespace Backprop.Compare.Comparisons;

/// <summary>Runs both sides in turn.</summary>
internal static class BenchmarkRunner
{
    private const double Seconds = 0.4;

    // Idle threads of both sides spin for some time before they sleep, and would disturb the other side.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    public static Outcome Decide(Case each, BenchmarkContext context)
    {
        try
        {
            return Decide(each, each.Prepare(context), context.Options);
        }
        catch (MissingException missing)
        {
            return new Outcome(each, null, null, null, null, missing.Message);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException or HttpRequestException)
        {
            return new Outcome(each, null, null, null, null, $"FAILED: {error.Message}", true);
        }
    }

    private static Outcome Decide(Case each, Comparison match, Options options)
    {
        double seconds = options.Seconds ?? match.Seconds ?? Seconds;
        Candidate[] sides = [match.Candidate, .. match.Peer is { } peer ? [peer] : Array.Empty<Candidate>(), .. match.Others];
        var times = Array.ConvertAll(sides, _ => new List<double>());
        foreach (Candidate side in sides)
        {
            // Until everything is compiled and all memory has been touched.
            side.Time(seconds);
        }

        for (int round = 0; round < options.Rounds; round++)
        {
            for (int i = 0; i < sides.Length; i++)
            {
                Thread.Sleep(Pause);
                times[i].Add(sides[i].Time(seconds));
            }
        }

        double[] medians = [.. times.Select(Timing.Median)];
        double? theirs = match.Peer is null ? null : medians[1];
        IEnumerable<string> others = match.Others.Select((other, i) => $"{other.Name}: {each.Target.Text(match.Score(medians[sides.Length - match.Others.Count + i], theirs) ?? 0)}");
        string note = string.Join("; ", [.. match.Note is null ? [] : new[] { match.Note }, .. others]);
        return new Outcome(each, medians[0], theirs, match.Peer?.Name, match.Score(medians[0], theirs), note.Length == 0 ? null : note);
    }
}
