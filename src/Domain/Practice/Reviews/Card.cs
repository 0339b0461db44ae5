namespace Backprop.Domain.Practice.Reviews;

/// <summary>The learning state of a question.</summary>
public enum CardState
{
    /// <summary>Asked again within minutes, until it is known.</summary>
    Learning,

    /// <summary>Asked again after days.</summary>
    Review,

    /// <summary>Forgotten, and asked again within minutes.</summary>
    Relearning,
}

/// <summary>A question under review.</summary>
/// <param name="State">Its state.</param>
/// <param name="Step">Which learning or relearning step it is on, from 0; 0 in review.</param>
/// <param name="Memory">The estimated memory of it.</param>
/// <param name="LastReview">When it was last reviewed.</param>
/// <param name="Due">When to ask it again.</param>
/// <param name="Reviews">How often it was reviewed.</param>
/// <param name="Lapses">How often it was forgotten after it had been known.</param>
public sealed record Card(CardState State, int Step, MemoryState Memory, DateTimeOffset LastReview, DateTimeOffset Due, int Reviews, int Lapses)
{
    /// <summary>The probability of recall at a time, 0 … 1; whole days count, as in the scheduler.</summary>
    public double RetrievabilityAt(DateTimeOffset time) => MemoryModel.Retrievability(Memory.Stability, DaysUntil(time));

    /// <summary>Whole days from the last review to a time; 0 if the clock went back.</summary>
    internal int DaysUntil(DateTimeOffset time) => Math.Max(0, (time - LastReview).Days);
}

/// <summary>The memory of a question.</summary>
/// <param name="Stability">The number of days after which the probability of recall has fallen to 0.9; positive.</param>
/// <param name="Difficulty">How hard it is for the learner, 1 … 10.</param>
public readonly record struct MemoryState(double Stability, double Difficulty);
