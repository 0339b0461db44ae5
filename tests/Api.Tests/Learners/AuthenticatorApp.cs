using OtpNet;

namespace Backprop.Api.Tests.Learners;

/// <summary>An authenticator app that uses the clock of the service.</summary>
public sealed class AuthenticatorApp(string key, TimeProvider clock)
{
    private readonly Totp _totp = new(Base32Encoding.ToBytes(key));

    public string Code => _totp.ComputeTotp(clock.GetUtcNow().UtcDateTime);
}
