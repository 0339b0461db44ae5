using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>
/// The interviews: found by id, those of a learner in their order, those of nobody by age, and for eviction those of an owner, the
/// marked ones apart.
/// </summary>
public sealed class StoredInterviewConfiguration : IEntityTypeConfiguration<StoredInterview>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredInterview> builder)
    {
        builder.ToTable("Interviews");
        builder.HasKey(interview => interview.Sequence);
        builder.Property(interview => interview.Sequence).ValueGeneratedOnAdd();
        builder.HasIndex(interview => interview.Id).IsUnique();
        builder.Property(interview => interview.CreatedAt).HasConversion<UtcTicksConverter>();
        builder.Property(interview => interview.RevealedAt).HasConversion<UtcTicksConverter>();
        builder.Property(interview => interview.MarkedAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(interview => interview.LearnerId).HasFilter("\"LearnerId\" IS NOT NULL");
        builder.HasIndex(interview => interview.CreatedAt).HasFilter("\"LearnerId\" IS NULL");
        builder.HasIndex(interview => interview.Owner);
        builder.HasIndex(interview => interview.Owner, "IX_Interviews_Marked").HasFilter("\"MarkedAt\" IS NOT NULL");
    }
}
