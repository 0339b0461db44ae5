using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The accounts, in addition to Identity's own configuration. Answers, cards and reports are deleted with their account.</summary>
public sealed class LearnerConfiguration : IEntityTypeConfiguration<Learner>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<Learner> builder)
    {
        builder.ToTable("Learners");
        builder.Property(learner => learner.CreatedAt).HasConversion<UtcTicksConverter>();
        builder.HasMany<LearnerAnswer>().WithOne().HasForeignKey(answer => answer.LearnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<StoredCard>().WithOne().HasForeignKey(card => card.LearnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<StoredReport>().WithOne().HasForeignKey(report => report.LearnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Identity's claims of accounts.</summary>
public sealed class LearnerClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<string>>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder) => builder.ToTable("LearnerClaims");
}

/// <summary>Identity's external logins of accounts.</summary>
public sealed class LearnerLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<string>>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder) => builder.ToTable("LearnerLogins");
}

/// <summary>Identity's tokens of accounts: authenticator keys and recovery codes.</summary>
public sealed class LearnerTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<string>>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder) => builder.ToTable("LearnerTokens");
}

/// <summary>The sessions, indexed by id and by learner.</summary>
public sealed class LearnerSessionConfiguration : IEntityTypeConfiguration<LearnerSession>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<LearnerSession> builder)
    {
        builder.ToTable("LearnerSessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.StartedAt).HasConversion<UtcTicksConverter>();
        builder.Property(session => session.ExpiresAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(session => session.LearnerId);
        builder.HasOne<Learner>().WithMany().HasForeignKey(session => session.LearnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The answers, indexed by learner and topic, in order, since every SQLite index ends with the row id.</summary>
public sealed class LearnerAnswerConfiguration : IEntityTypeConfiguration<LearnerAnswer>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<LearnerAnswer> builder)
    {
        builder.ToTable("LearnerAnswers");
        builder.HasKey(answer => answer.Sequence);
        builder.Property(answer => answer.Sequence).ValueGeneratedOnAdd();
        builder.Property(answer => answer.AnsweredAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(answer => new { answer.LearnerId, answer.Topic });
    }
}

/// <summary>The cards, unique by learner and question and indexed by learner and due time.</summary>
public sealed class StoredCardConfiguration : IEntityTypeConfiguration<StoredCard>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredCard> builder)
    {
        builder.ToTable("ReviewCards");
        builder.HasKey(card => new { card.LearnerId, card.QuestionId });
        builder.Ignore(card => card.Card);
        builder.Property(card => card.LastReview).HasConversion<UtcTicksConverter>();
        builder.Property(card => card.Due).HasConversion<UtcTicksConverter>();
        builder.HasIndex(card => new { card.LearnerId, card.Due });
    }
}

/// <summary>The daily questions.</summary>
public sealed class StoredDailyQuestionConfiguration : IEntityTypeConfiguration<StoredDailyQuestion>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredDailyQuestion> builder)
    {
        builder.ToTable("DailyQuestions");
        builder.HasKey(daily => daily.Day);
        builder.Property(daily => daily.Day).ValueGeneratedNever();
    }
}
