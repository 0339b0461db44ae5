namespace Backprop.Api.Limits.Admission;

/// <summary>
/// When rejected requests may come back: one after another at the rate at which permits become free, so that a client that obeys its <c>Retry-After</c>
/// finds a permit. In effect the queue goes on outside the service. Times are seconds of the clock. Not safe for concurrent use.
/// </summary>
internal sealed class ReturnSchedule
{
    // A client that is rejected again and again without obeying must not push everyone else's turn back.
    private const int TurnsPerClient = 16;
    private const int MaxClients = 10_000;
    private const double LongestWait = 60;

    // Retry-After is in whole seconds, so a client may come up to one second after its turn, and the network takes time too.
    private const double Grace = 2.5;

    private readonly Dictionary<string, Queue<double>> turns = new(StringComparer.Ordinal);
    private double next;

    /// <summary>When the turn after all that were given is.</summary>
    public double Next(double now) => Math.Max(now, next);

    /// <summary>Gives a client a turn.</summary>
    /// <param name="client">The client.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">The seconds between two permits that become free.</param>
    /// <returns>The seconds until its turn.</returns>
    public double Give(string client, double now, double interval)
    {
        Expire(client, now);
        if (turns.GetValueOrDefault(client) is { Count: >= TurnsPerClient } given)
            return Math.Max(0, given.Peek() - now);
        if (turns.Count >= MaxClients)
            ExpireAll(now);
        double turn = Math.Min(Next(now) + interval, now + LongestWait);
        if (turns.Count < MaxClients || turns.ContainsKey(client))
        {
            next = turn;
            if (!turns.TryGetValue(client, out Queue<double>? own))
                turns[client] = own = new Queue<double>();
            own.Enqueue(turn);
        }

        return turn - now;
    }

    /// <summary>Takes a turn that has come; false if the client has none.</summary>
    public bool Take(string client, double now)
    {
        Expire(client, now);
        if (!turns.TryGetValue(client, out Queue<double>? own) || own.Peek() > now)
            return false;
        own.Dequeue();
        if (own.Count == 0)
            turns.Remove(client);
        return true;
    }

    private void Expire(string client, double now)
    {
        if (!turns.TryGetValue(client, out Queue<double>? own))
            return;
        while (own.Count > 0 && own.Peek() + Grace < now)
            own.Dequeue();
        if (own.Count == 0)
            turns.Remove(client);
    }

    private void ExpireAll(double now)
    {
        foreach (string client in turns.Keys.ToArray())
            Expire(client, now);
    }
}
