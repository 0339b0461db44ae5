using System.Collections.Concurrent;

namespace Backprop.Hostile.Tests.Killing;

/// <summary>What the service acknowledged. Thread-safe.</summary>
internal sealed class Ledger
{
    /// <summary>The ids of registered graphs, each with its alias.</summary>
    public ConcurrentDictionary<string, string> Graphs { get; } = [];

    /// <summary>Quizzes, each with the acknowledged results of its items.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<int, string>> Quizzes { get; } = [];

    /// <summary>The addresses of accounts.</summary>
    public ConcurrentDictionary<string, byte> Accounts { get; } = [];

    /// <summary>Interviews with the acknowledged marks.</summary>
    public ConcurrentDictionary<string, byte> Interviews { get; } = [];

    /// <summary>Faults found.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Acknowledged writes.</summary>
    public int Count => Graphs.Count + Quizzes.Count + Answers + Accounts.Count + Interviews.Count;

    /// <summary>Acknowledged answers.</summary>
    public int Answers => Quizzes.Values.Sum(answers => answers.Count);
}
