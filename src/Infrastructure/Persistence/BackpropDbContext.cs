using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The service's database.</summary>
public sealed class BackpropDbContext(DbContextOptions<BackpropDbContext> options) : DbContext(options)
{
    /// <summary>The registered graphs.</summary>
    public DbSet<RegisteredGraph> Graphs => Set<RegisteredGraph>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BackpropDbContext).Assembly);
}
