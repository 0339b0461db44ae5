using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>
/// Names clients in the database. A name distinguishes clients without revealing their addresses: it is a hash of the address with a random key of
/// each database.
/// </summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class ClientNames(IDbContextFactory<BackpropDbContext> contexts)
{
    private const int NameBytes = 16;

    private byte[]? key;

    /// <summary>The name of the client at an address: 32 hexadecimal digits.</summary>
    public async ValueTask<string> OfAsync(string address, CancellationToken cancellationToken)
    {
        key ??= await ReadAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address)).AsSpan(0, NameBytes));
    }

    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ClientKeys.Select(row => row.Key).SingleAsync(cancellationToken);
    }
}

/// <summary>The key for hashing client addresses. There is one row, which the migration creates.</summary>
public sealed class StoredClientKey
{
    /// <summary>1.</summary>
    public int Id { get; init; }

    /// <summary>32 random bytes.</summary>
    public required byte[] Key { get; init; }
}

/// <summary>The table of that key.</summary>
public sealed class StoredClientKeyConfiguration : IEntityTypeConfiguration<StoredClientKey>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredClientKey> builder)
    {
        builder.ToTable("ClientKeys");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
