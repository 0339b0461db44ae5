using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>
/// Keeps the keys that tokens and secrets are protected with in a folder beside the database, <c>backprop.db.keys</c>, which only the service's
/// user can read: tokens outlive the process, and services on one database take each other's.
/// </summary>
/// <param name="contexts">Know where the database is.</param>
/// <param name="logger">Hears of key files that cannot be read.</param>
public sealed class TokenKeys(IDbContextFactory<BackpropDbContext> contexts, ILogger<KeyFiles> logger) : IConfigureOptions<KeyManagementOptions>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <inheritdoc/>
    public void Configure(KeyManagementOptions options)
    {
        using BackpropDbContext context = contexts.CreateDbContext();
        string folder = PersistenceServices.DatabaseFile(context) + ".keys";
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        options.XmlRepository = new KeyFiles(folder, logger);
    }
}
