namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>
/// Waiting requests, served client by client in turn (fair queueing: J. Nagle, "On packet switches with infinite storage", IEEE Trans. Comm. 35,
/// 1987): a client with many requests waits behind its own, not in front of everyone else. Not safe for concurrent use.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<string, LinkedList<Waiter>> byClient = new(StringComparer.Ordinal);
    private readonly LinkedList<string> turns = [];

    /// <summary>How many requests wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a request behind the others of its client.</summary>
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

    /// <summary>How many requests of a client wait.</summary>
    public int CountOf(string client) => byClient.TryGetValue(client, out LinkedList<Waiter>? own) ? own.Count : 0;

    /// <summary>How many requests would be served before the next one of a client.</summary>
    public int Ahead(string client)
    {
        int own = CountOf(client);
        int ahead = 0;
        foreach (LinkedList<Waiter> queue in byClient.Values)
            ahead += Math.Min(queue.Count, own + 1);
        return ahead;
    }

    /// <summary>Takes the next request whose client may have another permit; null if there is none.</summary>
    public Waiter? Dequeue(Func<string, bool> mayRun)
    {
        for (LinkedListNode<string>? turn = turns.First; turn is not null; turn = turn.Next)
        {
            if (!mayRun(turn.Value))
                continue;
            Waiter next = byClient[turn.Value].First!.Value;
            turns.Remove(turn);
            turns.AddLast(turn);
            Remove(next);
            return next;
        }

        return null;
    }

    /// <summary>Takes the newest request of the client that has most of them (longest queue drop), of several such clients the newest.</summary>
    public Waiter DropFromLongest()
    {
        Waiter newest = byClient.Values.MaxBy(queue => (queue.Count, queue.Last!.Value.Arrived))!.Last!.Value;
        Remove(newest);
        return newest;
    }

    /// <summary>The most requests that one client has waiting.</summary>
    public int Longest => byClient.Count == 0 ? 0 : byClient.Values.Max(queue => queue.Count);

    /// <summary>Takes the requests that arrived before a timestamp.</summary>
    public List<Waiter> TakeOlderThan(long timestamp)
    {
        List<Waiter> old = [.. byClient.Values.SelectMany(own => own.TakeWhile(waiter => waiter.Arrived < timestamp))];
        old.ForEach(waiter => Remove(waiter));
        return old;
    }

    /// <summary>Removes a request; false if it does not wait.</summary>
    public bool Remove(Waiter waiter)
    {
        if (!byClient.TryGetValue(waiter.Client, out LinkedList<Waiter>? own) || !own.Remove(waiter))
            return false;
        Count--;
        if (own.Count == 0)
        {
            byClient.Remove(waiter.Client);
            turns.Remove(waiter.Client);
        }

        return true;
    }
}
