using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Backprop.Api.Platform.DataProtection;

/// <summary>The certificate that encrypts the key ring at rest, from configuration section <c>DataProtection</c>.</summary>
internal static class KeyCertificate
{
    private const string PathKey = "DataProtection:Certificate";
    private const string PasswordKey = "DataProtection:CertificatePassword";

    /// <summary>Loads it; null if none is configured.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="InvalidOperationException">It cannot be loaded, or lacks its RSA key.</exception>
    public static X509Certificate2? Load(IConfiguration configuration)
    {
        if (configuration[PathKey] is not { Length: > 0 } path)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{PathKey}: the file {path} does not exist.");
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(path, configuration[PasswordKey]);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"{PathKey}: {path} cannot be loaded as a PKCS #12 file (.pfx) with the password of {PasswordKey}: {exception.Message}", exception);
        }

        using RSA? key = certificate.GetRSAPrivateKey();
        return key is not null
            ? certificate
            : throw new InvalidOperationException($"{PathKey}: {path} has no RSA private key, which is needed to decrypt the key ring.");
    }
}
