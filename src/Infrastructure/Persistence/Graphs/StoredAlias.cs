using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>
/// A readable name that a client gave to a graph. Several clients may give one graph the same name, which stays until the last of them is removed.
/// </summary>
public sealed class StoredAlias
{
    /// <summary>The index in the order of creation.</summary>
    public long Sequence { get; init; }

    /// <summary>The name. All rows with it belong to one graph.</summary>
    public required string Alias { get; init; }

    /// <summary>The <see cref="RegisteredGraph.Sequence"/> of the graph.</summary>
    public required long Graph { get; init; }

    /// <summary>The <see cref="StoredRegistration.Client"/> whose registration the name belongs to.</summary>
    public required string Client { get; init; }
}

/// <summary>The table of aliases, indexed by name and by registration.</summary>
public sealed class StoredAliasConfiguration : IEntityTypeConfiguration<StoredAlias>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredAlias> builder)
    {
        builder.ToTable("GraphAliases");
        builder.HasKey(alias => alias.Sequence);
        builder.Property(alias => alias.Sequence).ValueGeneratedOnAdd();
        builder.HasIndex(alias => new { alias.Alias, alias.Client }).IsUnique();
        builder.HasOne<StoredRegistration>().WithMany().HasForeignKey(alias => new { alias.Graph, alias.Client }).OnDelete(DeleteBehavior.Cascade);
    }
}
