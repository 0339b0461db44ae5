using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>A report of an error in a question.</summary>
public sealed class StoredReport
{
    /// <summary>The index in the order of arrival.</summary>
    public long Sequence { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>The learner who reported it; null if nobody was signed in.</summary>
    public string? LearnerId { get; init; }

    /// <summary>The owner that its quota counts for: the learner's id, or a name of <see cref="Quotas.ClientNames"/>.</summary>
    public required string Owner { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Text { get; init; }

    /// <summary>When it was reported, in UTC.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}

/// <summary>The reports, indexed by question and by owner.</summary>
public sealed class StoredReportConfiguration : IEntityTypeConfiguration<StoredReport>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredReport> builder)
    {
        builder.ToTable("QuestionReports");
        builder.HasKey(report => report.Sequence);
        builder.Property(report => report.Sequence).ValueGeneratedOnAdd();
        builder.Property(report => report.ReportedAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(report => report.QuestionId);
        builder.HasIndex(report => report.Owner);
    }
}
