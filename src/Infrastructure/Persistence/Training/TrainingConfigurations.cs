using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>The runs, indexed by id, by learner in order, by owner, by idempotency key, and apart if they have not ended or have.</summary>
public sealed class StoredTrainingRunConfiguration : IEntityTypeConfiguration<StoredTrainingRun>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredTrainingRun> builder)
    {
        builder.ToTable("TrainingRuns");
        builder.HasKey(run => run.Sequence);
        builder.Property(run => run.Sequence).ValueGeneratedOnAdd();
        builder.Property(run => run.CreatedAt).HasConversion<UtcTicksConverter>();
        builder.Property(run => run.StartedAt).HasConversion<UtcTicksConverter>();
        builder.Property(run => run.FinishedAt).HasConversion<UtcTicksConverter>();
        builder.Property(run => run.LeaseUntil).HasConversion<UtcTicksConverter>();
        builder.Property(run => run.Id).IsRequired();
        builder.HasIndex(run => run.Id).IsUnique();
        builder.HasIndex(run => new { run.LearnerId, run.Sequence }).HasFilter("\"LearnerId\" IS NOT NULL");
        builder.HasIndex(run => new { run.Owner, run.Sequence });
        builder.HasIndex(run => new { run.Owner, run.IdempotencyKey }).IsUnique().HasFilter("\"IdempotencyKey\" IS NOT NULL");
        builder.HasIndex(run => run.Owner, "IX_TrainingRuns_Unfinished").HasFilter("\"FinishedAt\" IS NULL");
        builder.HasIndex(run => run.FinishedAt).HasFilter("\"FinishedAt\" IS NOT NULL");
        builder.HasOne<StoredTrainingRequest>().WithOne().HasForeignKey<StoredTrainingRequest>(request => request.Run);
        builder.HasOne<StoredTrainingCheckpoint>().WithOne().HasForeignKey<StoredTrainingCheckpoint>(checkpoint => checkpoint.Run);
        builder.HasMany<StoredMetricBlock>().WithOne().HasForeignKey(block => block.Run);
    }
}

/// <summary>The requests.</summary>
public sealed class StoredTrainingRequestConfiguration : IEntityTypeConfiguration<StoredTrainingRequest>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredTrainingRequest> builder)
    {
        builder.ToTable("TrainingRequests");
        builder.HasKey(request => request.Run);
        builder.Property(request => request.Run).ValueGeneratedNever();
    }
}

/// <summary>The checkpoints.</summary>
public sealed class StoredTrainingCheckpointConfiguration : IEntityTypeConfiguration<StoredTrainingCheckpoint>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredTrainingCheckpoint> builder)
    {
        builder.ToTable("TrainingCheckpoints");
        builder.HasKey(checkpoint => checkpoint.Run);
        builder.Property(checkpoint => checkpoint.Run).ValueGeneratedNever();
    }
}

/// <summary>The recorded steps.</summary>
public sealed class StoredMetricBlockConfiguration : IEntityTypeConfiguration<StoredMetricBlock>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredMetricBlock> builder)
    {
        builder.ToTable("TrainingMetrics");
        builder.HasKey(block => new { block.Run, block.First });
    }
}
