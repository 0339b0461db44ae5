namespace Backprop.Client.Learners;

/// <summary>What an account is made of, and what it signs in with.</summary>
public sealed record Credentials
{
    /// <summary>The e-mail address; upper and lower case are one.</summary>
    public required string Email { get; init; }

    /// <summary>The password: 8 to 256 characters of any kind.</summary>
    public required string Password { get; init; }

    /// <summary>The code of the authenticator app; for signing in with an account that asks for one.</summary>
    public string? TwoFactorCode { get; init; }

    /// <summary>A recovery code in place of the authenticator's; each works once.</summary>
    public string? TwoFactorRecoveryCode { get; init; }
}

/// <summary>What a learner is known by from signing in on.</summary>
public sealed record AccountTokens
{
    /// <summary>How the access token is sent: <c>Authorization: Bearer …</c>.</summary>
    public required string TokenType { get; init; }

    /// <summary>The token of the learner's requests.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Seconds until the access token is no longer taken.</summary>
    public required long ExpiresIn { get; init; }

    /// <summary>What new tokens are to be had for once the access token has expired. It works once: the answer has the next one.</summary>
    public required string RefreshToken { get; init; }
}

/// <summary>Asks for new tokens.</summary>
public sealed record TokenRefresh
{
    /// <summary>The refresh token.</summary>
    public required string RefreshToken { get; init; }
}

/// <summary>The account of who asks.</summary>
public sealed record AccountInfo
{
    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Whether the address is known to be the learner's own: never, since this service sends no mail.</summary>
    public required bool IsEmailConfirmed { get; init; }
}

/// <summary>Changes the password. Tokens from before are no longer taken then.</summary>
public sealed record PasswordChange
{
    /// <summary>The new password.</summary>
    public required string NewPassword { get; init; }

    /// <summary>The password so far.</summary>
    public required string OldPassword { get; init; }
}

/// <summary>Sets up signing in with an authenticator app; with nothing set it only tells how things stand.</summary>
public sealed record TwoFactorChange
{
    /// <summary>Whether signing in shall ask for a code. Default: as it is.</summary>
    public bool? Enable { get; init; }

    /// <summary>The code that the app shows now; needed to switch it on, and for every change while it is on.</summary>
    public string? TwoFactorCode { get; init; }

    /// <summary>A recovery code in place of the authenticator's, for a change while it is on; it works once.</summary>
    public string? TwoFactorRecoveryCode { get; init; }

    /// <summary>Whether to make a new key, which switches it off until a code of the new key is given. Default: false.</summary>
    public bool? ResetSharedKey { get; init; }

    /// <summary>Whether to make new recovery codes. Default: false.</summary>
    public bool? ResetRecoveryCodes { get; init; }
}

/// <summary>How signing in with an authenticator app is set up.</summary>
public sealed record TwoFactorState
{
    /// <summary>The key to enter into the app; told only while signing in asks for no code.</summary>
    public string? SharedKey { get; init; }

    /// <summary>How many recovery codes are unused.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>The recovery codes; told only when they are new.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; init; }

    /// <summary>Whether signing in asks for a code.</summary>
    public required bool IsTwoFactorEnabled { get; init; }
}
