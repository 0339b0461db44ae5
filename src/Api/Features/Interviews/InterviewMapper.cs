using Backprop.Api.Features.Questions;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Interviews;

namespace Backprop.Api.Features.Interviews;

/// <summary>Maps interviews to the contract without what is not revealed yet.</summary>
internal static class InterviewMapper
{
    public static InterviewPage Page(Interview interview) => new()
    {
        Id = interview.Id,
        State = (Client.Practice.InterviewState)interview.State,
        Seed = interview.Seed,
        CreatedAt = interview.CreatedAt,
        QuestionId = interview.Question.Id,
        Version = interview.Version,
        Topic = interview.Question.Topic,
        Difficulty = (Difficulty)interview.Question.Difficulty,
        Title = interview.Question.Title,
        Prompt = interview.Question.Prompt,
        Companies = [.. interview.Question.Companies.Select(QuestionWriteMapper.Write)],
        Hints = [.. Enumerable.Range(1, interview.HintsTaken).Select(number => Hint(interview, number))],
        HintsLeft = interview.IsRevealed ? 0 : interview.Question.Hints.Count - interview.HintsTaken,
        Answer = interview.IsRevealed ? Reveal(interview) : null,
        Marks = interview.Score is null ? null : Marks(interview),
    };

    public static QuestionHint LastHint(Interview interview) => Hint(interview, interview.HintsTaken);

    public static InterviewReveal Reveal(Interview interview) => new()
    {
        Answer = interview.Answer,
        Seconds = interview.TimeTaken!.Value.TotalSeconds,
        Suggested = interview.Answer is { } answer ? RubricSuggestions.Of(interview.Key.Rubric, answer) : null,
        ModelAnswer = interview.Key.ModelAnswer,
        Rubric = [.. interview.Key.Rubric.Select(QuestionWriteMapper.Write)],
        Explanation = interview.Question.Explanation,
        Citations = [.. interview.Question.Citations.Select(QuestionWriteMapper.Write)],
    };

    public static InterviewMarks Marks(Interview interview) => RubricMapper.Marks(interview.Score!, interview.Key, interview.HintsTaken);

    public static InterviewSummary Summary(Interview interview) => new()
    {
        Id = interview.Id,
        State = (Client.Practice.InterviewState)interview.State,
        QuestionId = interview.Question.Id,
        Title = interview.Question.Title,
        CreatedAt = interview.CreatedAt,
        Seconds = interview.TimeTaken?.TotalSeconds,
        Answered = interview.Answer is not null,
        HintsTaken = interview.HintsTaken,
        Score = interview.Score?.Score,
    };

    private static QuestionHint Hint(Interview interview, int number) =>
        new() { Number = number, Of = interview.Question.Hints.Count, Text = interview.Question.Hints[number - 1] };
}
