using System.Data.Common;
using Backprop.Api.Platform.Hosting;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>Encrypts, once at startup, the secrets that an earlier version of the service stored unencrypted.</summary>
/// <param name="secrets">The secrets.</param>
/// <param name="protector">Encrypts.</param>
/// <param name="logger">Logs the outcome.</param>
/// <param name="warmUp">Comes first.</param>
internal sealed class SecretEncryption(LearnerSecrets secrets, IPersonalDataProtector protector, ILogger<SecretEncryption> logger, WarmUp warmUp)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await warmUp.Done.WaitAsync(stoppingToken);
            int count = await secrets.EncryptAsync(protector, stoppingToken);
            if (count > 0)
            {
                logger.LogInformation("Encrypted {Count} account secrets", count);
            }
        }
        catch (DbException exception)
        {
            logger.LogWarning(exception, "Encrypting existing account secrets failed; the next start tries again");
        }
        catch (OperationCanceledException)
        {
            // The service is stopping.
        }
    }
}
