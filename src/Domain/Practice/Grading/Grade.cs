namespace Backprop.Domain.Practice.Grading;

/// <summary>The result of grading an answer: <see cref="Graded"/> or <see cref="Unreadable"/>.</summary>
public abstract record Grade
{
    private protected Grade()
    {
    }
}

/// <summary>An answer that was read and graded.</summary>
/// <param name="Score">0 … 1.</param>
/// <param name="Feedback">The feedback on the answer; it does not reveal the key.</param>
public sealed record Graded(double Score, string Feedback) : Grade
{
    /// <summary>True if the score is full.</summary>
    public bool IsCorrect => Score >= 1;

    /// <summary>The grades of its parts, if it has several; they reveal the key.</summary>
    public IReadOnlyList<GradedPart> Parts { get; init; } = [];

    /// <summary>The full score.</summary>
    public static Graded Right { get; } = new(1, "Correct.");
}

/// <summary>A part of an answer: a gradient, or the line or the statement of a correction.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsCorrect">Whether it is right.</param>
/// <param name="Feedback">The feedback on it.</param>
public sealed record GradedPart(string Name, bool IsCorrect, string Feedback)
{
    /// <summary>The first element that differs from the right one; null if there is none, or shapes differ.</summary>
    public EntryDifference? Difference { get; init; }

    /// <summary>The feedback on all parts together.</summary>
    internal static string Summary(IReadOnlyList<GradedPart> parts) => parts.All(part => part.IsCorrect) ? Graded.Right.Feedback
        : string.Join("\n", parts.Select(part => $"{part.Name}: {part.Feedback}"));
}

/// <summary>An element that differs from the right one.</summary>
/// <param name="Sizes">The extents by the names of sizes.</param>
/// <param name="Index">Its index.</param>
/// <param name="Yours">Its value.</param>
/// <param name="Right">The right value.</param>
public sealed record EntryDifference(IReadOnlyDictionary<string, int> Sizes, IReadOnlyList<int> Index, double Yours, double Right);

/// <summary>An answer that cannot be read as an answer to this kind of question; it costs nothing.</summary>
/// <param name="Reason">Why, and what can be read instead.</param>
public sealed record Unreadable(string Reason) : Grade;
