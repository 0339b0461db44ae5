namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>
/// Waiting requests, served client by client in turn (fair queueing: J. Nagle, "On packet switches with infinite storage", IEEE Trans. Comm. 35,
/// 1987): a client with many requests waits for its own, not in front of everyone else. Not thread-safe.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<string, LinkedList<Waiter>> byClient = new(StringComparer.Ordinal);
    private readonly LinkedList<string> turns = [];

    /// <summary>The number of waiting requests.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a request after the others of its client.</summary>
    public void Enqueue(Waiter waiter)
    {
        if (!byClient.TryGetValue(waiter.Client, out LinkedList<Waiter>? own))
        {
            byClient[waiter.Client] = own = [];
            turns.AddLast(waiter.Client);
        }

        own.AddLast(waiter);
        Count++;
    }

    /// <summary>The number of waiting requests of a client.</summary>
    public int CountOf(string client) => byClient.TryGetValue(client, out LinkedList<Waiter>? own) ? own.Count : 0;

    /// <summary>The number of requests that would be served before the next one of a client.</summary>
    public int Ahead(string client)
    {
        int own = CountOf(client);
        int ahead = 0;
        foreach (LinkedList<Waiter> queue in byClient.Values)
        {
            ahead += Math.Min(queue.Count, own + 1);
        }

        return ahead;
    }

    /// <summary>Removes the next request whose client may have another permit; null if there is none.</summary>
    public Waiter? Dequeue(Func<string, bool> mayRun)
    {
        for (LinkedListNode<string>? turn = turns.First; turn is not null; turn = turn.Next)
        {
            if (!mayRun(turn.Value))
            {
                continue;
            }

            Waiter next = byClient[turn.Value].First!.Value;
            turns.Remove(turn);
            turns.AddLast(turn);
            Remove(next);
            return next;
        }

        return null;
    }

    /// <summary>Removes the newest request of the client with the most (longest queue drop); of several such clients, the newest.</summary>
    public Waiter DropFromLongest()
    {
        Waiter newest = byClient.Values.MaxBy(queue => (queue.Count, queue.Last!.Value.Arrived))!.Last!.Value;
        Remove(newest);
        return newest;
    }

    /// <summary>The maximum number of waiting requests of one client.</summary>
    public int Longest => byClient.Count == 0 ? 0 : byClient.Values.Max(queue => queue.Count);

    /// <summary>Removes the requests that arrived before a timestamp.</summary>
    public List<Waiter> TakeOlderThan(long timestamp)
    {
        List<Waiter> old = [.. byClient.Values.SelectMany(own => own.TakeWhile(waiter => waiter.Arrived < timestamp))];
        old.ForEach(waiter => Remove(waiter));
        return old;
    }

    /// <summary>Removes a request; false if it is not waiting.</summary>
    public bool Remove(Waiter waiter)
    {
        if (!byClient.TryGetValue(waiter.Client, out LinkedList<Waiter>? own) || !own.Remove(waiter))
        {
            return false;
        }

        Count--;
        if (own.Count == 0)
        {
            byClient.Remove(waiter.Client);
            turns.Remove(waiter.Client);
        }

        return true;
    }
}
