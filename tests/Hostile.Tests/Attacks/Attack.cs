using System.Collections.Concurrent;
using System.Net;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>What one hostile client does to the service until it is stopped.</summary>
/// <param name="number">Tells the attack's addresses from those of others.</param>
internal abstract class Attack(int number)
{
    /// <summary>What the service answered.</summary>
    public StatusCounts Statuses { get; } = new();

    /// <summary>Answers that must not be, and what else the attack achieved.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Requests that ended without an answer.</summary>
    public int Unanswered;

    /// <summary>The attack as a table names it.</summary>
    public abstract string Name { get; }

    /// <summary>The answers that the attack needs before it can have achieved anything.</summary>
    public virtual int LeastAnswers => 0;

    /// <summary>What the attacked service is configured to, beyond what all are.</summary>
    public virtual IReadOnlyDictionary<string, string> Configuration { get; } = new Dictionary<string, string>();

    /// <summary>The address of the attacker; a botnet has several.</summary>
    /// <param name="client">Which of the attacker's addresses.</param>
    protected IPAddress Source(int client = 0) => new([127, (byte)(10 + number), (byte)(client / 250), (byte)(1 + client % 250)]);

    /// <summary>Does what must be done before, such as registering a graph.</summary>
    public virtual Task PrepareAsync(ServiceProcess service) => Task.CompletedTask;

    /// <summary>Attacks until the end.</summary>
    public abstract Task RunAsync(ServiceProcess service, CancellationToken end);

    /// <summary>Takes note of an answer: 5xx is a fault, but for 503 that says when to come again.</summary>
    protected void Record(int status, bool saysWhen, string body)
    {
        Statuses.Add(status);
        if (status >= 500 && !(status == 503 && saysWhen))
            Faults.Enqueue($"{Name}: {status} {body[..Math.Min(body.Length, 300)]}");
    }
}
