using System.Security.Cryptography;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>
/// The issued tokens, each with the questions that it has seen. They are kept in memory for six hours after their last use, as in the original
/// service. A client with too many tokens loses its least recently used one; if all clients together have too many, the client with the most does.
/// Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class OpenTdbTokens(TimeProvider time)
{
    private const int Most = 10_000;
    private const int MostOfClient = 100;
    private const int TokenBytes = 32;
    private static readonly TimeSpan Life = TimeSpan.FromHours(6);

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Session>> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<Session>> clients = new(StringComparer.Ordinal);

    /// <summary>Creates a token: 64 hexadecimal digits.</summary>
    /// <param name="client">The client's address.</param>
    public string Create(string client)
    {
        var session = new Session(RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true), client) { UsedAt = time.GetUtcNow() };
        lock (gate)
        {
            if (clients.TryGetValue(client, out LinkedList<Session>? own) && own.Count >= MostOfClient)
            {
                Remove(own.First!);
            }
            while (sessions.Count >= Most)
            {
                Remove(clients.Values.MaxBy(list => list.Count)!.First!);
            }

            if (!clients.TryGetValue(client, out own))
            {
                clients[client] = own = [];
            }

            sessions[session.Token] = own.AddLast(session);
        }

        return session.Token;
    }

    /// <summary>The session of a token, or null if it is unknown.</summary>
    public Session? Find(string token)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (gate)
        {
            if (!sessions.TryGetValue(token, out LinkedListNode<Session>? node))
            {
                return null;
            }

            LinkedList<Session> own = node.List!;
            if (now - node.Value.UsedAt > Life)
            {
                Remove(node);
                return null;
            }

            own.Remove(node);
            own.AddLast(node);
            node.Value.UsedAt = now;
            return node.Value;
        }
    }

    private void Remove(LinkedListNode<Session> node)
    {
        Session session = node.Value;
        sessions.Remove(session.Token);
        LinkedList<Session> own = node.List!;
        own.Remove(node);
        if (own.Count == 0)
        {
            clients.Remove(session.Client);
        }
    }

    /// <summary>The questions drawn with a token. Lock it while drawing.</summary>
    /// <param name="token">The token.</param>
    /// <param name="client">The client that requested it.</param>
    internal sealed class Session(string token, string client)
    {
        public string Token => token;

        public string Client => client;

        public DateTimeOffset UsedAt { get; set; }

        public HashSet<long> Seen { get; } = [];
    }
}
