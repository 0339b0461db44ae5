using Backprop.Infrastructure.Persistence.Graphs;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Backprop.Infrastructure.Persistence.Quotas;
using Backprop.Infrastructure.Persistence.Training;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The service's database, including the accounts of learners.</summary>
public sealed class BackpropDbContext(DbContextOptions<BackpropDbContext> options) : IdentityUserContext<Learner>(options)
{
    /// <summary>The registered graphs.</summary>
    public DbSet<RegisteredGraph> Graphs => Set<RegisteredGraph>();

    /// <summary>The clients that registered them.</summary>
    public DbSet<StoredRegistration> GraphRegistrations => Set<StoredRegistration>();

    /// <summary>Their aliases.</summary>
    public DbSet<StoredAlias> GraphAliases => Set<StoredAlias>();

    /// <summary>The storage used by each client.</summary>
    public DbSet<StoredHolding> Holdings => Set<StoredHolding>();

    /// <summary>One row: the key under which addresses of clients are hashed.</summary>
    public DbSet<StoredClientKey> ClientKeys => Set<StoredClientKey>();

    /// <summary>The questions.</summary>
    public DbSet<StoredQuestion> Questions => Set<StoredQuestion>();

    /// <summary>The texts that the questions show.</summary>
    public DbSet<StoredText> QuestionTexts => Set<StoredText>();

    /// <summary>The companies known to ask them.</summary>
    public DbSet<StoredCompany> QuestionCompanies => Set<StoredCompany>();

    /// <summary>Every version of every question.</summary>
    public DbSet<StoredVersion> QuestionVersions => Set<StoredVersion>();

    /// <summary>The topics.</summary>
    public DbSet<StoredTopic> Topics => Set<StoredTopic>();

    /// <summary>One row: the revision of the questions.</summary>
    public DbSet<BankState> QuestionBank => Set<BankState>();

    /// <summary>The quizzes.</summary>
    public DbSet<StoredQuiz> Quizzes => Set<StoredQuiz>();

    /// <summary>Their items with the answers.</summary>
    public DbSet<StoredQuizItem> QuizItems => Set<StoredQuizItem>();

    /// <summary>Answers to items that others followed.</summary>
    public DbSet<StoredQuizTry> QuizTries => Set<StoredQuizTry>();

    /// <summary>The interviews.</summary>
    public DbSet<StoredInterview> Interviews => Set<StoredInterview>();

    /// <summary>The answers of learners.</summary>
    public DbSet<LearnerAnswer> LearnerAnswers => Set<LearnerAnswer>();

    /// <summary>The sessions of learners.</summary>
    public DbSet<LearnerSession> LearnerSessions => Set<LearnerSession>();

    /// <summary>The cards of learners.</summary>
    public DbSet<StoredCard> ReviewCards => Set<StoredCard>();

    /// <summary>The stars and notes of learners.</summary>
    public DbSet<StoredNote> LearnerNotes => Set<StoredNote>();

    /// <summary>What learners marked as done in study sets.</summary>
    public DbSet<StoredStudyMark> StudyMarks => Set<StoredStudyMark>();

    /// <summary>The reports of errors in questions.</summary>
    public DbSet<StoredReport> QuestionReports => Set<StoredReport>();

    /// <summary>The daily questions of each day.</summary>
    public DbSet<StoredDailyQuestion> DailyQuestions => Set<StoredDailyQuestion>();

    /// <summary>The training runs.</summary>
    public DbSet<StoredTrainingRun> TrainingRuns => Set<StoredTrainingRun>();

    /// <summary>What determines them.</summary>
    public DbSet<StoredTrainingRequest> TrainingRequests => Set<StoredTrainingRequest>();

    /// <summary>Their last checkpoints.</summary>
    public DbSet<StoredTrainingCheckpoint> TrainingCheckpoints => Set<StoredTrainingCheckpoint>();

    /// <summary>Their recorded steps.</summary>
    public DbSet<StoredMetricBlock> TrainingMetrics => Set<StoredMetricBlock>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(BackpropDbContext).Assembly);
    }
}
