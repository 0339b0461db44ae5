using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// The table of registered graphs. The sequence is the primary key, as SQLite numbers nothing else by itself; the id is
/// unique beside it.
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
