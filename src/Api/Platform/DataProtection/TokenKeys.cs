using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>
/// Keeps the keys that protect tokens and secrets in a folder next to the database, <c>backprop.db.keys</c>, which only the service's user can read:
/// tokens survive a restart, and all services on one database accept them.
/// </summary>
/// <param name="database">Names the database.</param>
/// <param name="logger">Logs unreadable key files.</param>
internal sealed class TokenKeys(DbContextOptions<BackpropDbContext> database, ILogger<KeyFiles> logger) : IConfigureOptions<KeyManagementOptions>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <inheritdoc/>
    public void Configure(KeyManagementOptions options)
    {
        string folder = DatabaseFile.PathOf(database) + ".keys";
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }

        options.XmlRepository = new KeyFiles(folder, logger);
    }
}
