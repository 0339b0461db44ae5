namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>
/// Schedules when rejected requests may come back: no more of them than permits become free, so that a client that obeys its <c>Retry-After</c> gets
/// a permit. In effect the queue continues outside the service. Times are seconds of the clock. Not thread-safe.
/// </summary>
internal sealed class ReturnSchedule
{
    // Clients at several addresses that are rejected repeatedly and ignore their turns must not delay everyone else's turn for long.
    private const int TurnsPerClient = 4;
    private const int MaxClients = 10_000;
    private const int LongestWait = 30;

    // Network latency, and clients round up.
    private const double Grace = 2.5;

    // The other permits are for first-time requests and for computations that take longer than expected.
    private const double Share = 0.6;

    // Retry-After is in whole seconds, so requests rejected together come back together. Turns this close count as simultaneous.
    private const double LeastWindow = 0.1;
    private const double IntervalsPerWindow = 2;

    private readonly Dictionary<string, Queue<double>> byClient = new(StringComparer.Ordinal);
    private readonly List<double> turns = [];

    /// <summary>The number of turns within some seconds from now.</summary>
    public int Due(double now, double seconds) => Position(now + seconds) - Position(now);

    /// <summary>Gives a client a turn.</summary>
    /// <param name="client">The client.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">The expected seconds between two free permits.</param>
    /// <returns>The whole seconds until its turn.</returns>
    public int Give(string client, double now, double interval)
    {
        Expire(client, now);
        turns.RemoveRange(0, Position(now - Grace));
        if (byClient.GetValueOrDefault(client) is { Count: >= TurnsPerClient } given)
        {
            return Math.Max(1, (int)Math.Ceiling(given.Peek() - now));
        }

        int wait = 1;
        while (wait < LongestWait && !HasRoom(now + wait, interval))
        {
            wait++;
        }

        if (byClient.Count >= MaxClients)
        {
            ExpireAll(now);
        }

        if (byClient.Count < MaxClients || byClient.ContainsKey(client))
        {
            Add(client, now + wait);
        }

        return wait;
    }

    /// <summary>Takes a turn that is due; false if the client has none.</summary>
    public bool Take(string client, double now)
    {
        Expire(client, now);
        if (!byClient.TryGetValue(client, out Queue<double>? own) || own.Peek() > now)
        {
            return false;
        }

        own.Dequeue();
        if (own.Count == 0)
        {
            byClient.Remove(client);
        }

        return true;
    }

    private bool HasRoom(double time, double interval)
    {
        double window = Math.Max(LeastWindow, IntervalsPerWindow * interval);
        return Position(time + window) - Position(time - window) < Math.Max(1, Math.Floor(Share * window / interval));
    }

    private void Add(string client, double turn)
    {
        turns.Insert(Position(turn), turn);
        if (!byClient.TryGetValue(client, out Queue<double>? own))
        {
            byClient[client] = own = new Queue<double>();
        }

        own.Enqueue(turn);
    }

    // The number of turns before a time.
    private int Position(double time)
    {
        int found = turns.BinarySearch(time);
        return found < 0 ? ~found : found;
    }

    private void Expire(string client, double now)
    {
        if (!byClient.TryGetValue(client, out Queue<double>? own))
        {
            return;
        }
        while (own.Count > 0 && own.Peek() + Grace < now)
        {
            own.Dequeue();
        }

        if (own.Count == 0)
        {
            byClient.Remove(client);
        }
    }

    private void ExpireAll(double now)
    {
        foreach (string client in byClient.Keys.ToArray())
        {
            Expire(client, now);
        }
    }
}
