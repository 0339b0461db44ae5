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

    /// <summary>The full score.</summary>
    public static Graded Right { get; } = new(1, "Correct.");
}

/// <summary>An answer that cannot be read as an answer to this kind of question; it costs nothing.</summary>
/// <param name="Reason">Why, and what can be read instead.</param>
public sealed record Unreadable(string Reason) : Grade;
