using System.Collections.Concurrent;
using System.Net;

namespace Backprop.Quizzes;

/// <summary>The answers of the service and their times. Thread-safe.</summary>
internal sealed class ResultLog
{
    /// <summary>The result of each acknowledged answer, as written.</summary>
    public ConcurrentDictionary<(string Quiz, int Item), string> Acknowledged { get; } = [];

    /// <summary>The milliseconds of each request, by kind.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<double>> Times { get; } = [];

    /// <summary>The number of answers per status.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Statuses { get; } = [];

    /// <summary>Faults found.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The number of requests while the service was down.</summary>
    public int Unanswered;

    public void Add(string asked, HttpStatusCode status, double milliseconds)
    {
        Times.GetOrAdd(asked, _ => []).Enqueue(milliseconds);
        Statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if ((int)status >= 500)
        {
            Faults.Enqueue($"{asked}: {(int)status}");
        }
    }

    public void Acknowledge(string quiz, int item, string result)
    {
        string first = Acknowledged.GetOrAdd((quiz, item), result);
        if (first != result)
        {
            Faults.Enqueue($"quiz {quiz}, item {item} was graded twice:\n{first}\n{result}");
        }
    }
}
