using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>Encrypts account secrets with the key ring. If the key of a secret is lost, the secret reads as empty.</summary>
/// <param name="protection">The key ring.</param>
/// <param name="logger">Logs lost keys.</param>
internal sealed class SecretProtector(IDataProtectionProvider protection, ILogger<SecretProtector> logger) : IPersonalDataProtector
{
    private readonly IDataProtector protector = protection.CreateProtector("Backprop.Learners.Secrets");

    /// <inheritdoc/>
    public string? Protect(string? data) => data is null ? null : protector.Protect(data);

    /// <inheritdoc/>
    public string? Unprotect(string? data)
    {
        try
        {
            return data is null ? null : protector.Unprotect(data);
        }
        catch (CryptographicException exception)
        {
            logger.LogError(exception, "An account secret cannot be decrypted; its key may be missing from the key ring");
            return "";
        }
    }
}
