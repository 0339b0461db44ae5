using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Api.Features.Daily;

/// <summary>Questions asked outside of quizzes: drawn from a seed, with their choices in alphabetical order as on a question's page.</summary>
internal static class AskedQuestion
{
    /// <summary>A question drawn from a seed instead of seed 0. If the template rejects the seed, seed 0 is used.</summary>
    public static BankedQuestion Of(BankedQuestion banked, long seed, VariantDrawing draw)
    {
        Question shown = Draw(banked, seed, draw);
        return banked with
        {
            Shown = shown.Choices is { } choices
            ? shown with { Choices = [.. choices.OrderBy(choice => choice.Text, StringComparer.Ordinal)] } : shown
        };
    }

    /// <summary>Grades an answer.</summary>
    /// <exception cref="ProblemException">It cannot be parsed, or only a person can grade it (422).</exception>
    public static Graded Grade(Question shown, AnswerValue answer, QuestionGrader grading, CancellationToken cancellationToken)
    {
        if (shown.Interview is not null)
        {
            throw new ProblemException(422, "answer", "The service cannot grade answers to interview questions; send a rating instead.");
        }

        return QuizService.Grade(grading, shown, new SubmittedAnswer(answer.Texts, answer.IsList), cancellationToken);
    }

    /// <summary>The result of grading.</summary>
    public static AnswerGrade Show(Question shown, Graded grade)
    {
        SubmittedAnswer expected = ExpectedAnswer.Of(shown);
        return new AnswerGrade
        {
            Correct = grade.IsCorrect,
            Score = grade.Score,
            Feedback = grade.Feedback,
            Expected = new AnswerValue(expected.Texts, expected.IsList)
        };
    }

    private static Question Draw(BankedQuestion banked, long seed, VariantDrawing draw)
    {
        try
        {
            return draw(banked.Question, seed);
        }
        catch (Exception exception) when (exception is TemplateException or QuestionFaultException or GraphException)
        {
            return banked.Shown;
        }
    }
}
