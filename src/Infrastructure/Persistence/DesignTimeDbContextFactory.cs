using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Creates the context for <c>dotnet ef</c>, so that migrations need no startup project.</summary>
public sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<BackpropDbContext>
{
    /// <inheritdoc/>
    public BackpropDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<BackpropDbContext>().UseSqlite("Data Source=backprop.db").Options);
}
