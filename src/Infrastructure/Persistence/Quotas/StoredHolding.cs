using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>
/// The amount that one client has stored of one kind. Triggers in the database maintain these rows (<see cref="HoldingTriggers"/>).
/// </summary>
public sealed class StoredHolding
{
    /// <summary>The client of the row with the total of all clients.</summary>
    public const string Everyone = "*";

    /// <summary>The holder of the write key: its quota is unlimited, and nothing of it is evicted.</summary>
    public const string WriteKey = "key";

    /// <summary>The kind: one of <see cref="HoldingKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The client: a name of <see cref="ClientNames"/>, a learner's id, or one of the two above.</summary>
    public required string Client { get; init; }

    /// <summary>The number of items.</summary>
    public required int Count { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>When one of them was last used.</summary>
    public required DateTimeOffset UsedAt { get; init; }
}

/// <summary>The table of holdings. Its indexes lead to the client that has stored the most; among equals, to the one idle for longest.</summary>
public sealed class StoredHoldingConfiguration : IEntityTypeConfiguration<StoredHolding>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredHolding> builder)
    {
        builder.ToTable("Holdings");
        builder.HasKey(holding => new { holding.Kind, holding.Client });
        builder.Property(holding => holding.UsedAt).HasConversion<UtcTicksConverter>();
        builder.HasIndex(holding => new { holding.Kind, holding.Count, holding.UsedAt }).IsDescending(false, true, false);
        builder.HasIndex(holding => new { holding.Kind, holding.Bytes, holding.UsedAt }).IsDescending(false, true, false);
    }
}
