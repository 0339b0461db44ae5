using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Learners;

/// <summary>
/// Keeps the keys that tokens are protected with in a folder beside the database, <c>backprop.db.keys</c>, which only the service's user can
/// read: tokens outlive the process, and services on one database take each other's.
/// </summary>
/// <param name="contexts">Know where the database is.</param>
/// <param name="logger">Makes loggers.</param>
public sealed class TokenKeys(IDbContextFactory<BackpropDbContext> contexts, ILoggerFactory logger) : IConfigureOptions<KeyManagementOptions>
{
    /// <inheritdoc/>
    public void Configure(KeyManagementOptions options)
    {
        using BackpropDbContext context = contexts.CreateDbContext();
        string folder = PersistenceServices.DatabaseFile(context) + ".keys";
        DirectoryInfo keys = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        options.XmlRepository = new FileSystemXmlRepository(keys, logger);
    }
}
