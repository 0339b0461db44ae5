using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>
/// The interviews, indexed by id, by learner in order, by age if they are anonymous, and for eviction by owner, with marked ones separate.
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
