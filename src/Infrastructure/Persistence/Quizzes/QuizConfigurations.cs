using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>
/// The quizzes, indexed by id, by learner in order, by age if they are anonymous, and for eviction by owner, with finished ones separate.
/// </summary>
public sealed class StoredQuizConfiguration : IEntityTypeConfiguration<StoredQuiz>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredQuiz> builder)
    {
        builder.ToTable("Quizzes");
        builder.HasKey(quiz => quiz.Sequence);
        builder.Property(quiz => quiz.Sequence).ValueGeneratedOnAdd();
        builder.HasIndex(quiz => quiz.Id).IsUnique();
        builder.Property(quiz => quiz.CreatedAt).HasConversion<UtcTicksConverter>();
        builder.Property(quiz => quiz.ExpiresAt).HasConversion<UtcTicksConverter>();
        builder.Property(quiz => quiz.FinishedAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(quiz => quiz.LearnerId).HasFilter("\"LearnerId\" IS NOT NULL");
        builder.HasIndex(quiz => quiz.CreatedAt).HasFilter("\"LearnerId\" IS NULL");
        builder.HasIndex(quiz => quiz.Owner);
        builder.HasIndex(quiz => quiz.Owner, "IX_Quizzes_Finished").HasFilter("\"FinishedAt\" IS NOT NULL");
        builder.HasMany(quiz => quiz.Items).WithOne().HasForeignKey(item => item.Quiz);
    }
}

/// <summary>The items. A key belongs to one answer of a quiz.</summary>
public sealed class StoredQuizItemConfiguration : IEntityTypeConfiguration<StoredQuizItem>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredQuizItem> builder)
    {
        builder.ToTable("QuizItems");
        builder.HasKey(item => new { item.Quiz, item.Number });
        builder.Property(item => item.AnsweredAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(item => new { item.Quiz, item.IdempotencyKey }).IsUnique().HasFilter("\"IdempotencyKey\" IS NOT NULL");
        builder.Property(item => item.Tries).HasDefaultValue(1).HasSentinel(1);
        builder.HasMany(item => item.Earlier).WithOne().HasForeignKey(earlier => new { earlier.Quiz, earlier.Number });
    }
}

/// <summary>The answers that others followed. A key belongs to one answer of a quiz.</summary>
public sealed class StoredQuizTryConfiguration : IEntityTypeConfiguration<StoredQuizTry>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredQuizTry> builder)
    {
        builder.ToTable("QuizTries");
        builder.HasKey(earlier => new { earlier.Quiz, earlier.Number, earlier.Try });
        builder.Property(earlier => earlier.AnsweredAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(earlier => new { earlier.Quiz, earlier.IdempotencyKey }).IsUnique().HasFilter("\"IdempotencyKey\" IS NOT NULL");
    }
}
