using System.Data;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reports;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Backprop.Infrastructure.Persistence.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>Everything that belongs to a learner.</summary>
/// <param name="Account">The account.</param>
/// <param name="Answers">Every answer and review, the oldest first.</param>
/// <param name="Cards">Every question under review, the soonest due first; retired ones too.</param>
/// <param name="Quizzes">Every quiz, the oldest first.</param>
/// <param name="Interviews">Every interview, the oldest first.</param>
/// <param name="Sessions">Every session, the oldest first.</param>
/// <param name="TrainingRuns">Every training run, the oldest first.</param>
public sealed record LearnerDataExport(
    Learner Account,
    IReadOnlyList<LearnerAnswer> Answers,
    IReadOnlyList<QuestionCard> Cards,
    IReadOnlyList<Quiz> Quizzes,
    IReadOnlyList<Interview> Interviews,
    IReadOnlyList<LearnerSession> Sessions,
    IReadOnlyList<TrainingRun> TrainingRuns)
{
    /// <summary>Every star and note, by the ids of their questions.</summary>
    public IReadOnlyList<QuestionNote> Notes { get; init; } = [];

    /// <summary>Every item that was marked as done, by study set.</summary>
    public IReadOnlyList<StoredStudyMark> StudyMarks { get; init; } = [];

    /// <summary>Every report of an error, the oldest first.</summary>
    public IReadOnlyList<QuestionReport> Reports { get; init; } = [];
}

/// <summary>The data of a learner, for export or deletion.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="erasure">Removes deleted data from the log.</param>
public sealed class LearnerData(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, LogErasure erasure)
{
    /// <summary>Everything that belongs to a learner, or null if there is no such account.</summary>
    public async Task<LearnerDataExport?> ReadAsync(string learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);

        // One transaction, so that all parts are consistent; this level is BEGIN DEFERRED, which blocks no writer.
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted,
            cancellationToken);
        if (await context.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == learner, cancellationToken) is not { } account)
        {
            return null;
        }

        List<LearnerAnswer> answers = await context.LearnerAnswers.AsNoTracking()
            .Where(answer => answer.LearnerId == learner).OrderBy(answer => answer.Sequence).ToListAsync(cancellationToken);
        List<StoredCard> cards = await context.ReviewCards.AsNoTracking()
            .Where(card => card.LearnerId == learner).OrderBy(card => card.Due).ThenBy(card => card.QuestionId).ToListAsync(cancellationToken);
        List<StoredQuiz> quizzes = await context.Quizzes.AsNoTracking().Include(quiz => quiz.Items).ThenInclude(item => item.Earlier)
            .Where(quiz => quiz.LearnerId == learner).OrderBy(quiz => quiz.Sequence).ToListAsync(cancellationToken);
        List<StoredInterview> interviews = await context.Interviews.AsNoTracking()
            .Where(interview => interview.LearnerId == learner).OrderBy(interview => interview.Sequence).ToListAsync(cancellationToken);
        List<LearnerSession> sessions = await context.LearnerSessions.AsNoTracking()
            .Where(session => session.LearnerId == learner).OrderBy(session => session.StartedAt).ToListAsync(cancellationToken);
        List<StoredTrainingRun> runs = await context.TrainingRuns.AsNoTracking()
            .Where(run => run.LearnerId == learner).OrderBy(run => run.Sequence).ToListAsync(cancellationToken);
        List<StoredNote> notes = await context.LearnerNotes.AsNoTracking()
            .Where(note => note.LearnerId == learner).OrderBy(note => note.QuestionId).ToListAsync(cancellationToken);
        List<StoredReport> reports = await context.QuestionReports.AsNoTracking()
            .Where(report => report.LearnerId == learner).OrderBy(report => report.Sequence).ToListAsync(cancellationToken);
        return new LearnerDataExport(
            account,
            answers,
            [.. cards.Select(row => new QuestionCard(row.QuestionId, row.Card))],
            [.. quizzes.Select(QuizRows.Read)],
            [.. interviews.Select(InterviewStore.Read)],
            sessions,
            [.. runs.Select(TrainingRunRows.Read)])
        {
            Notes = [.. notes.Select(NoteStore.Read)],
            StudyMarks = await context.StudyMarks.AsNoTracking().Where(mark => mark.LearnerId == learner)
                .OrderBy(mark => mark.StudySet).ThenBy(mark => mark.DoneAt).ToListAsync(cancellationToken),
            Reports = [.. reports.Select(ReportStore.Read)],
        };
    }

    /// <summary>Deletes an account and everything that belongs to it; false if there is none. The files keep nothing of it.</summary>
    public async Task<bool> DeleteAsync(string learner, CancellationToken cancellationToken)
    {
        bool isDeleted = await writes.RunAsync(context => DeleteAsync(context, learner), cancellationToken);
        await erasure.RunAsync(CancellationToken.None);
        return isDeleted;
    }

    private static async Task<bool> DeleteAsync(BackpropDbContext context, string learner)
    {
        await context.Quizzes.Where(quiz => quiz.LearnerId == learner).ExecuteDeleteAsync(CancellationToken.None);
        await context.Interviews.Where(interview => interview.LearnerId == learner).ExecuteDeleteAsync(CancellationToken.None);
        await context.TrainingRuns.Where(run => run.LearnerId == learner).ExecuteDeleteAsync(CancellationToken.None);
        return await context.Users.Where(account => account.Id == learner).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }
}
