using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Daily;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;

namespace Backprop.Api.Features.Daily;

/// <summary>Maps questions asked outside of quizzes to the contract.</summary>
internal static class DailyQuestionMapper
{
    public static DailyQuestion Question(AskedQuestion asked) =>
        new() { Date = asked.Day, Question = QuestionMapper.Page(asked.Question) };

    public static DailyAnswerResult Result(DailyAnswer answer, WorkedSolution? solution) => new()
    {
        Date = answer.Day,
        QuestionId = answer.Shown.Id,
        Grade = Grade(answer.Shown, answer.Grade),
        Explanation = answer.Shown.Explanation,
        Citations = [.. answer.Shown.Citations.Select(QuestionWriteMapper.Write)],
        Recorded = answer.IsRecorded,
        Solution = solution,
    };

    /// <summary>The result of grading.</summary>
    public static AnswerGrade Grade(Question shown, Graded grade) => new()
    {
        Correct = grade.IsCorrect,
        Score = grade.Score,
        Feedback = grade.Feedback,
        Expected = QuizMapper.Write(ExpectedAnswer.Of(shown)),
        Parts = ExerciseMapper.Parts(grade.Parts),
    };
}
