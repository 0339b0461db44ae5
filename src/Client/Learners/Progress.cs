using Backprop.Client.Practice;

namespace Backprop.Client.Learners;

/// <summary>A learner's progress.</summary>
public sealed record LearnerProgress
{
    /// <summary>All graded answers together.</summary>
    public required Tally Overall { get; init; }

    /// <summary>By topic, the weakest first: in the order of <c>atLeast</c>.</summary>
    public required IReadOnlyList<TopicProgress> Topics { get; init; }

    /// <summary>By difficulty, the easiest first.</summary>
    public required IReadOnlyList<DifficultyProgress> Difficulties { get; init; }

    /// <summary>
    /// The ids of the weak topics, the weakest first: those with at least three graded answers whose last twenty score below 0.8 on average and do
    /// not show with 95 % confidence that the score is above one half.
    /// </summary>
    public required IReadOnlyList<string> WeakTopics { get; init; }

    /// <summary>The questions under review.</summary>
    public required CardCounts Reviews { get; init; }
}

/// <summary>Graded answers, counted.</summary>
public sealed record Tally
{
    /// <summary>The number of graded answers.</summary>
    public required long Answers { get; init; }

    /// <summary>The number of different questions answered.</summary>
    public required long Questions { get; init; }

    /// <summary>The number of fully correct ones.</summary>
    public required long Correct { get; init; }

    /// <summary>Their mean score, 0 to 1; 0 if there is none.</summary>
    public required double Score { get; init; }
}

/// <summary>Progress in a topic.</summary>
public sealed record TopicProgress
{
    /// <summary>The id of the topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its display name.</summary>
    public required string Name { get; init; }

    /// <summary>All graded answers.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The mean score of the last twenty answers.</summary>
    public required double Recent { get; init; }

    /// <summary>A lower bound of the true score with 95 % confidence, from the last twenty answers (Wilson's score interval).</summary>
    public required double AtLeast { get; init; }

    /// <summary>Whether it is one of the weak topics.</summary>
    public required bool Weak { get; init; }
}

/// <summary>Progress in questions of a difficulty.</summary>
public sealed record DifficultyProgress
{
    /// <summary>The difficulty.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>All graded answers.</summary>
    public required Tally Tally { get; init; }
}

/// <summary>Questions under review, counted.</summary>
public sealed record CardCounts
{
    /// <summary>Their number.</summary>
    public required long Total { get; init; }

    /// <summary>The number of due ones.</summary>
    public required long Due { get; init; }

    /// <summary>The number being learnt for the first time.</summary>
    public required long Learning { get; init; }

    /// <summary>The number of known ones, asked again after days.</summary>
    public required long Review { get; init; }

    /// <summary>The number of forgotten ones.</summary>
    public required long Relearning { get; init; }
}
