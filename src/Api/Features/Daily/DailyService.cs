using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Learners;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Api.Features.Daily;

/// <summary>The question of the day, in UTC. Its numbers are drawn from the number of the day.</summary>
/// <param name="days">Chooses the question of a day.</param>
/// <param name="bank">The questions.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grading">Grades answers.</param>
/// <param name="time">The clock.</param>
internal sealed class DailyService(DailyQuestions days, QuestionBank bank, VariantDrawing draw, QuestionGrader grading, TimeProvider time)
{
    /// <summary>The question of today.</summary>
    /// <exception cref="ProblemException">There is no question to draw (404).</exception>
    public async Task<DailyQuestion> TodayAsync(CancellationToken cancellationToken)
    {
        DateOnly today = DayOf(time.GetUtcNow());
        return new DailyQuestion { Date = today, Question = QuestionMapper.Page(await AskedAsync(today, cancellationToken)) };
    }

    /// <summary>Grades an answer to today's question, and records the first one of a signed-in learner.</summary>
    /// <param name="request">The answer.</param>
    /// <param name="learner">The signed-in learner, or null.</param>
    /// <param name="cancellationToken">Cancels; nothing is recorded then.</param>
    /// <exception cref="ProblemException">The day is over (409), the answer cannot be parsed (422), or there is no question (404).</exception>
    public async Task<DailyAnswerResult> AnswerAsync(DailyAnswerRequest request, string? learner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateOnly today = DayOf(now);
        if (request.Date is { } meant && meant != today)
        {
            throw new ProblemException(409, "date", $"Only today's question can be answered; today is {today:yyyy-MM-dd} (UTC).");
        }

        Question shown = (await AskedAsync(today, cancellationToken)).Shown;
        Graded grade = AskedQuestion.Grade(shown, request.Answer, grading, cancellationToken);
        bool recorded = learner is not null && await days.RecordAsync(
            RecordedAnswer.Graded(learner, shown.Id, shown.Topic, shown.Difficulty, AnswerOrigin.Daily, grade.Score, now), today, cancellationToken);
        return new DailyAnswerResult
        {
            Date = today,
            QuestionId = shown.Id,
            Grade = AskedQuestion.Show(shown, grade),
            Explanation = shown.Explanation,
            Citations = [.. shown.Citations.Select(QuestionWriteMapper.Write)],
            Recorded = recorded,
        };
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private async Task<BankedQuestion> AskedAsync(DateOnly day, CancellationToken cancellationToken) =>
        await days.OfAsync(day, cancellationToken) is { } id && await bank.FindAsync(id, cancellationToken) is { } banked
            ? AskedQuestion.Of(banked, day.DayNumber, draw)
            : throw ProblemException.NotFound("There is no question for today.");
}
