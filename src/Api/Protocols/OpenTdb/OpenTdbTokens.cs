using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>
/// The tokens given out, each with the questions that it has seen. They live in memory, for six hours after their last use as with the
/// original service; past the most that are kept, the one used longest ago goes.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class OpenTdbTokens(TimeProvider time)
{
    private const int Most = 10_000;
    private const int TokenBytes = 32;
    private static readonly TimeSpan Life = TimeSpan.FromHours(6);
    private readonly ConcurrentDictionary<string, Session> sessions = new();

    /// <summary>A new token: 64 hexadecimal digits.</summary>
    public string Create()
    {
        if (sessions.Count >= Most)
            MakeRoom();
        string token = RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);
        sessions[token] = new Session { UsedAt = time.GetUtcNow() };
        return token;
    }

    /// <summary>The session of a token, or null where it is not known.</summary>
    public Session? Find(string token)
    {
        if (!sessions.TryGetValue(token, out Session? session))
            return null;
        DateTimeOffset now = time.GetUtcNow();
        if (now - session.UsedAt > Life)
        {
            sessions.TryRemove(token, out _);
            return null;
        }

        session.UsedAt = now;
        return session;
    }

    private void MakeRoom()
    {
        DateTimeOffset now = time.GetUtcNow();
        KeyValuePair<string, Session>[] byAge = [.. sessions.OrderBy(entry => entry.Value.UsedAt)];
        foreach ((string token, Session session) in byAge)
        {
            if (now - session.UsedAt <= Life && sessions.Count <= Most * 9 / 10)
                return;
            sessions.TryRemove(token, out _);
        }
    }

    /// <summary>What was drawn with a token. Lock it while drawing.</summary>
    internal sealed class Session
    {
        public DateTimeOffset UsedAt { get; set; }

        public HashSet<long> Seen { get; } = [];
    }
}
