using System.Collections.Concurrent;
using System.Net;

namespace Backprop.Quizzes;

/// <summary>What the service answered, and how long that took. Safe for concurrent use.</summary>
internal sealed class ResultLog
{
    /// <summary>The result of each acknowledged answer, as it was written.</summary>
    public ConcurrentDictionary<(string Quiz, int Item), string> Acknowledged { get; } = [];

    /// <summary>The milliseconds of each request, by what it asked for.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<double>> Times { get; } = [];

    /// <summary>How often each status was answered.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Statuses { get; } = [];

    /// <summary>What must not be.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>How many requests were sent while the service was away.</summary>
    public int Unanswered;

    public void Add(string asked, HttpStatusCode status, double milliseconds)
    {
        Times.GetOrAdd(asked, _ => []).Enqueue(milliseconds);
        Statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if ((int)status >= 500)
            Faults.Enqueue($"{asked}: {(int)status}");
    }

    public void Acknowledge(string quiz, int item, string result)
    {
        string first = Acknowledged.GetOrAdd((quiz, item), result);
        if (first != result)
            Faults.Enqueue($"quiz {quiz}, item {item} was graded twice:\n{first}\n{result}");
    }
}
