using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// The table of registered graphs. The sequence is the primary key, since SQLite generates numbers only for that; the id is a unique column.
/// </summary>
public sealed class RegisteredGraphConfiguration : IEntityTypeConfiguration<RegisteredGraph>
{
    /// <summary>The length of an id.</summary>
    public const int IdLength = 64;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<RegisteredGraph> builder)
    {
        builder.ToTable("Graphs");
        builder.HasKey(graph => graph.Sequence);
        builder.Property(graph => graph.Sequence).ValueGeneratedOnAdd();
        builder.HasIndex(graph => graph.Id).IsUnique();
        builder.Property(graph => graph.Id).HasMaxLength(IdLength).IsRequired();
        builder.Property(graph => graph.Compressed).HasColumnName("Canonical");
        builder.Ignore(graph => graph.Canonical);
    }
}
