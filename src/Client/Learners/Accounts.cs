namespace Backprop.Client.Learners;

/// <summary>Credentials for registering and signing in.</summary>
public sealed record Credentials
{
    /// <summary>The e-mail address; case is ignored.</summary>
    public required string Email { get; init; }

    /// <summary>The password: 8 to 256 characters of any kind.</summary>
    public required string Password { get; init; }

    /// <summary>The code of the authenticator app, for signing in with an account that requires one.</summary>
    public string? TwoFactorCode { get; init; }

    /// <summary>A recovery code instead of the app's; each works once.</summary>
    public string? TwoFactorRecoveryCode { get; init; }
}

/// <summary>The tokens of a signed-in learner.</summary>
public sealed record AccountTokens
{
    /// <summary>How the access token is sent: <c>Authorization: Bearer …</c>.</summary>
    public required string TokenType { get; init; }

    /// <summary>The token of the learner's requests.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Seconds until the access token expires.</summary>
    public required long ExpiresIn { get; init; }

    /// <summary>Exchange it for new tokens once the access token has expired. It works once; the response contains the next one.</summary>
    public required string RefreshToken { get; init; }
}

/// <summary>Requests new tokens.</summary>
public sealed record TokenRefresh
{
    /// <summary>The refresh token.</summary>
    public required string RefreshToken { get; init; }
}

/// <summary>The signed-in account.</summary>
public sealed record AccountInfo
{
    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Whether the address is confirmed: never, since this service sends no mail.</summary>
    public required bool IsEmailConfirmed { get; init; }
}

/// <summary>Changes the password and revokes all earlier tokens.</summary>
public sealed record PasswordChange
{
    /// <summary>The new password.</summary>
    public required string NewPassword { get; init; }

    /// <summary>The current password.</summary>
    public required string OldPassword { get; init; }
}

/// <summary>Configures two-factor sign-in; without members it only returns the state.</summary>
public sealed record TwoFactorChange
{
    /// <summary>Whether signing in requires a code. Default: unchanged.</summary>
    public bool? Enable { get; init; }

    /// <summary>The code that the app shows now; required to enable it, and for every change while it is enabled.</summary>
    public string? TwoFactorCode { get; init; }

    /// <summary>A recovery code instead of the app's, for a change while it is enabled; it works once.</summary>
    public string? TwoFactorRecoveryCode { get; init; }

    /// <summary>Whether to create a new key, which disables it until a code of the new key is given. Default: false.</summary>
    public bool? ResetSharedKey { get; init; }

    /// <summary>Whether to create new recovery codes. Default: false.</summary>
    public bool? ResetRecoveryCodes { get; init; }
}

/// <summary>The state of two-factor sign-in.</summary>
public sealed record TwoFactorState
{
    /// <summary>The key to enter into the app; returned only while signing in requires no code.</summary>
    public string? SharedKey { get; init; }

    /// <summary>The number of unused recovery codes.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>The recovery codes; returned only when they are new.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; init; }

    /// <summary>Whether signing in requires a code.</summary>
    public required bool IsTwoFactorEnabled { get; init; }
}
