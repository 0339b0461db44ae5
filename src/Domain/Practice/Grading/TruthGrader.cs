using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Grades answers of true or false.</summary>
public static class TruthGrader
{
    /// <summary>Grades an answer: true, yes, t, y, 1 and their opposites, in any case.</summary>
    public static Grade Grade(TruthKey key, SubmittedAnswer answer)
    {
        if (answer.Refusal() is { } refusal)
        {
            return refusal;
        }

        bool? said = answer.Single()?.TrimEnd('.').ToLowerInvariant() switch
        {
            "true" or "t" or "yes" or "y" or "1" or "right" or "correct" => true,
            "false" or "f" or "no" or "n" or "0" or "wrong" or "incorrect" => false,
            _ => null,
        };
        bool right = key.Value ?? throw new ArgumentException("The key has no value yet.", nameof(key));
        return said is null ? new Unreadable("True or false is expected.") : said == right ? Graded.Right : new Graded(0, key.Feedback);
    }
}
