using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>A client's registration of a graph. The graph is kept as long as it has one; that of the write key pins it.</summary>
public sealed class StoredRegistration
{
    /// <summary>The <see cref="RegisteredGraph.Sequence"/> of the graph.</summary>
    public required long Graph { get; init; }

    /// <summary>
    /// The registering client: a name of <see cref="Quotas.ClientNames"/>, <see cref="Quotas.StoredHolding.WriteKey"/>, or empty for graphs of
    /// earlier versions.
    /// </summary>
    public required string Client { get; init; }

    /// <summary>The stored bytes of the graph.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the graph was last used, as far as <see cref="GraphUses"/> has written it.</summary>
    public required DateTimeOffset UsedAt { get; init; }
}

/// <summary>The table of registrations; the index leads to a client's least recently used graph.</summary>
public sealed class StoredRegistrationConfiguration : IEntityTypeConfiguration<StoredRegistration>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredRegistration> builder)
    {
        builder.ToTable("GraphRegistrations");
        builder.HasKey(registration => new { registration.Graph, registration.Client });
        builder.Property(registration => registration.UsedAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(registration => new { registration.Client, registration.UsedAt, registration.Graph });
        builder.HasOne<RegisteredGraph>().WithMany().HasForeignKey(registration => registration.Graph).OnDelete(DeleteBehavior.Cascade);
    }
}
