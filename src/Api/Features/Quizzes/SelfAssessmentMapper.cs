using Backprop.Api.Features.Questions;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Quizzes;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Maps what an interview question of a quiz reveals once it takes no more answers.</summary>
internal static class SelfAssessmentMapper
{
    /// <summary>The model answer and the rubric, with the marks; null for other kinds.</summary>
    /// <param name="item">The item.</param>
    public static SelfAssessment? Of(QuizEntry item) => item.Variant.Interview is not { } key ? null : new SelfAssessment
    {
        ModelAnswer = key.ModelAnswer,
        Rubric = [.. key.Rubric.Select(QuestionWriteMapper.Write)],
        Suggested = item.Answer is { } answer ? RubricSuggestions.Of(key.Rubric, answer.Given.Texts[0]) : null,
        Marks = item.Answer?.MentionedFacts is { } facts ? RubricMapper.Marks(InterviewScore.Of(key.Rubric, facts), key, hintsTaken: 0) : null,
    };
}
