using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>A star and a note of a learner on a question.</summary>
public sealed class StoredNote
{
    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Whether it is starred.</summary>
    public bool Starred { get; set; }

    /// <summary>The note; null if there is none.</summary>
    public string? Text { get; set; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>An item of a study set that a learner marked as done.</summary>
public sealed class StoredStudyMark
{
    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The id of the study set.</summary>
    public required string StudySet { get; init; }

    /// <summary>The key of the item.</summary>
    public required string Item { get; init; }

    /// <summary>When it was done, in UTC.</summary>
    public required DateTimeOffset DoneAt { get; init; }
}

/// <summary>The notes, unique by learner and question. They are deleted with their account.</summary>
public sealed class StoredNoteConfiguration : IEntityTypeConfiguration<StoredNote>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredNote> builder)
    {
        builder.ToTable("LearnerNotes");
        builder.HasKey(note => new { note.LearnerId, note.QuestionId });
        builder.Property(note => note.UpdatedAt).HasConversion<UtcTicksConverter>();
        builder.HasOne<Learner>().WithMany().HasForeignKey(note => note.LearnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The marks of study sets. They are deleted with their account.</summary>
public sealed class StoredStudyMarkConfiguration : IEntityTypeConfiguration<StoredStudyMark>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredStudyMark> builder)
    {
        builder.ToTable("StudyMarks");
        builder.HasKey(mark => new { mark.LearnerId, mark.StudySet, mark.Item });
        builder.Property(mark => mark.DoneAt).HasConversion<UtcTicksConverter>();
        builder.HasOne<Learner>().WithMany().HasForeignKey(mark => mark.LearnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
