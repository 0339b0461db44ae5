using Backprop.Infrastructure.Persistence.Graphs;
using Backprop.Infrastructure.Persistence.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Backprop.Infrastructure.Persistence.Quizzes;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The service's database, the accounts of learners included.</summary>
public sealed class BackpropDbContext(DbContextOptions<BackpropDbContext> options) : IdentityUserContext<Learner>(options)
{
    /// <summary>The registered graphs.</summary>
    public DbSet<RegisteredGraph> Graphs => Set<RegisteredGraph>();

    /// <summary>Who registered them.</summary>
    public DbSet<StoredRegistration> GraphRegistrations => Set<StoredRegistration>();

    /// <summary>Their aliases.</summary>
    public DbSet<StoredAlias> GraphAliases => Set<StoredAlias>();

    /// <summary>How much each client has stored.</summary>
    public DbSet<StoredHolding> Holdings => Set<StoredHolding>();

    /// <summary>One row: the key under which addresses of clients are hashed.</summary>
    public DbSet<StoredClientKey> ClientKeys => Set<StoredClientKey>();

    /// <summary>The questions.</summary>
    public DbSet<StoredQuestion> Questions => Set<StoredQuestion>();

    /// <summary>What the questions show.</summary>
    public DbSet<StoredText> QuestionTexts => Set<StoredText>();

    /// <summary>The companies that are known to ask them.</summary>
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

    /// <summary>The interviews.</summary>
    public DbSet<StoredInterview> Interviews => Set<StoredInterview>();

    /// <summary>What learners answered.</summary>
    public DbSet<LearnerAnswer> LearnerAnswers => Set<LearnerAnswer>();

    /// <summary>Where learners are signed in.</summary>
    public DbSet<LearnerSession> LearnerSessions => Set<LearnerSession>();

    /// <summary>What learners have under review.</summary>
    public DbSet<StoredCard> ReviewCards => Set<StoredCard>();

    /// <summary>The daily questions so far.</summary>
    public DbSet<StoredDailyQuestion> DailyQuestions => Set<StoredDailyQuestion>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(BackpropDbContext).Assembly);
    }
}
