using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Adds the database to an application.</summary>
public static class PersistenceServices
{
    /// <summary>The context factory and the registry over the SQLite file that the connection string names.</summary>
    public static IServiceCollection AddBackpropPersistence(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPooledDbContextFactory<BackpropDbContext>(options => options
            .UseSqlite(connectionString)
            .AddInterceptors(new DurabilityInterceptor()));
        services.AddSingleton<GraphRegistry>();
        return services;
    }

    /// <summary>
    /// Creates the database and its folder where there is none and brings its schema up to date. Several processes may
    /// start at once.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file cannot be written.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        var factory = services.GetRequiredService<IDbContextFactory<BackpropDbContext>>();
        await using BackpropDbContext context = await factory.CreateDbContextAsync(cancellationToken);
        await DatabaseMigration.RunAsync(context, cancellationToken);
    }
}
