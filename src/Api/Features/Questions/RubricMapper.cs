using Backprop.Client.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps the marks of rubrics.</summary>
internal static class RubricMapper
{
    /// <summary>The marks with their score, the missed facts and what an interviewer asks next.</summary>
    /// <param name="score">The score.</param>
    /// <param name="key">The key of the question.</param>
    /// <param name="hintsTaken">How many hints were revealed.</param>
    public static InterviewMarks Marks(InterviewScore score, InterviewKey key, int hintsTaken) => new()
    {
        Score = score.Score,
        Named = score.MentionedFacts,
        Missed = [.. score.Missed.Select(QuestionWriteMapper.Write)],
        HintsTaken = hintsTaken,
        FollowUps = key.FollowUps,
        FollowUpAnswers = key.FollowUpAnswers,
    };
}
