using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Practice.Sampling;

namespace Backprop.Domain.Practice.Daily;

/// <summary>The question of a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Question">The question as it is asked.</param>
public sealed record AskedQuestion(DateOnly Day, BankedQuestion Question);

/// <summary>A graded answer to the question of a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Shown">The question as it was asked.</param>
/// <param name="Grade">The grade.</param>
/// <param name="IsRecorded">Whether it counts: it is the first one of a learner.</param>
public sealed record DailyAnswer(DateOnly Day, Question Shown, Graded Grade, bool IsRecorded);

/// <summary>
/// The question of the day, in UTC. It is drawn on first use and then stored, so that it stays the same all day even if the bank changes; databases
/// with the same questions draw the same one. Its numbers are drawn from the number of the day.
/// </summary>
/// <param name="bank">The questions.</param>
/// <param name="transactions">Stores answers.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grader">Grades answers.</param>
/// <param name="time">The clock.</param>
public sealed class DailyQuestionService(IQuestionBank bank, IPracticeTransactions transactions, VariantDrawing draw, QuestionGrader grader,
    TimeProvider time)
{
    /// <summary>The question of today.</summary>
    /// <exception cref="PracticeException">There is no question to draw.</exception>
    public Task<AskedQuestion> TodayAsync(CancellationToken cancellationToken) => AskedAsync(DayOf(time.GetUtcNow()), cancellationToken);

    /// <summary>Grades an answer to today's question, and records the first one of a signed-in learner.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="day">The day that the answer is meant for; null for today.</param>
    /// <param name="learner">The signed-in learner, or null.</param>
    /// <param name="cancellationToken">Cancels; nothing is recorded then.</param>
    /// <exception cref="PracticeException">The day is over, the answer cannot be graded, or there is no question.</exception>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public async Task<DailyAnswer> AnswerAsync(SubmittedAnswer answer, DateOnly? day, string? learner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateOnly today = DayOf(now);
        if (day is { } meant && meant != today)
        {
            throw new PracticeException(PracticeError.OtherDay, $"Only today's question can be answered; today is {today:yyyy-MM-dd} (UTC).");
        }

        Question shown = (await AskedAsync(today, cancellationToken)).Question.Shown;
        Graded grade = grader.GradeOrRefuse(shown, answer, cancellationToken);
        bool isRecorded = learner is not null && await transactions.RunAsync(
            transaction => RecordAsync(transaction, RecordedAnswer.Graded(learner, shown, AnswerOrigin.Daily, grade.Score, now)), cancellationToken);
        return new DailyAnswer(today, shown, grade, isRecorded);
    }

    // The first answer of a day counts.
    private static async Task<bool> RecordAsync(IPracticeTransaction transaction, RecordedAnswer answer)
    {
        if (await transaction.HasDailyAnswerAsync(answer.LearnerId, answer.At.UtcDateTime.Date))
        {
            return false;
        }

        await answer.AddToAsync(transaction);
        return true;
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private async Task<AskedQuestion> AskedAsync(DateOnly day, CancellationToken cancellationToken)
    {
        BankedQuestion banked = await bank.FindDailyAsync(day, cancellationToken) ?? await DrawAsync(day, cancellationToken)
            ?? throw PracticeException.NotFound("There is no question for today.");
        return new AskedQuestion(day, banked.Asked(day.DayNumber, draw));
    }

    private async Task<BankedQuestion?> DrawAsync(DateOnly day, CancellationToken cancellationToken)
    {
        IReadOnlyList<QuestionCandidate> candidates =
            await bank.ListAsync(new QuestionFilter { IsClosed = true, IsGradable = true }, cancellationToken);
        if (candidates.Count == 0)
        {
            return null;
        }

        long number = candidates[DailyDraw.Place(day.DayNumber, candidates.Count)].Number;
        string id = (await bank.ReadAsync([number], cancellationToken))[0].Question.Id;
        try
        {
            id = await transactions.RunAsync(transaction => KeepAsync(transaction, day, id), cancellationToken);
        }
        catch (Exception exception) when (transactions.IsUnavailable(exception))
        {
            // Not stored, but the same as long as the questions are.
        }

        return await bank.FindAsync(id, cancellationToken);
    }

    // Another request may have kept one in the meantime.
    private static async Task<string> KeepAsync(IPracticeTransaction transaction, DateOnly day, string id)
    {
        if (await transaction.FindDailyAsync(day) is { } kept)
        {
            return kept;
        }

        await transaction.SaveDailyAsync(day, id);
        return id;
    }
}
