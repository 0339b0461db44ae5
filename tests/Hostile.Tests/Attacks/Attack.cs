using System.Collections.Concurrent;
using System.Net;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>The actions of one hostile client until it is stopped.</summary>
/// <param name="number">Distinguishes the attack's addresses from others.</param>
internal abstract class Attack(int number)
{
    /// <summary>The answers of the service.</summary>
    public StatusCounts Statuses { get; } = new();

    /// <summary>Answers that must not occur, and other successes of the attack.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Requests that ended without an answer.</summary>
    public int Unanswered;

    /// <summary>The name of the attack in tables.</summary>
    public abstract string Name { get; }

    /// <summary>The number of answers without which the attack is inconclusive.</summary>
    public virtual int LeastAnswers => 0;

    /// <summary>The configuration of the attacked service, in addition to the common one.</summary>
    public virtual IReadOnlyDictionary<string, string> Configuration { get; } = new Dictionary<string, string>();

    /// <summary>The address of the attacker; a botnet has several.</summary>
    /// <param name="client">The index of the attacker's address.</param>
    protected IPAddress Source(int client = 0) => new([127, (byte)(10 + number), (byte)(client / 250), (byte)(1 + client % 250)]);

    /// <summary>Prepares the attack, such as by registering a graph.</summary>
    public virtual Task PrepareAsync(ServiceProcess service) => Task.CompletedTask;

    /// <summary>Attacks until the end.</summary>
    public abstract Task RunAsync(ServiceProcess service, CancellationToken end);

    /// <summary>Records an answer: 5xx is a fault, except 503 with Retry-After.</summary>
    protected void Record(int status, bool saysWhen, string body)
    {
        Statuses.Add(status);
        if (status >= 500 && !(status == 503 && saysWhen))
        {
            Faults.Enqueue($"{Name}: {status} {body[..Math.Min(body.Length, 300)]}");
        }
    }
}
