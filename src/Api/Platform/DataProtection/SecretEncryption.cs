using System.Data.Common;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>Encrypts, once at start, the secrets that an earlier version of the service stored as they are.</summary>
/// <param name="secrets">The secrets.</param>
/// <param name="protector">Encrypts.</param>
/// <param name="logger">Hears of what was done.</param>
public sealed class SecretEncryption(LearnerSecrets secrets, IPersonalDataProtector protector, ILogger<SecretEncryption> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            int count = await secrets.EncryptAsync(protector, stoppingToken);
            if (count > 0)
                logger.LogInformation("{Count} secrets of accounts encrypted", count);
        }
        catch (DbException exception)
        {
            logger.LogWarning(exception, "Secrets of accounts from before are not encrypted yet; the next start tries again");
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
