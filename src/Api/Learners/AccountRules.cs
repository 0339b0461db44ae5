using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Learners;

/// <summary>What a password must not be, beside too short (NIST SP 800-63B, 3.1.1.2): too long to be hashed, one character over and over, or the address itself.</summary>
public sealed class PasswordRules : IPasswordValidator<Learner>
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 8;

    /// <summary>The most characters.</summary>
    public const int Longest = 256;

    private const int FewestDifferent = 4;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Learner> manager, Learner user, string? password)
    {
        string given = password ?? "";
        string? fault = given.Length > Longest ? $"A password has at most {Longest} characters."
            : given.Distinct().Count() < FewestDifferent ? $"A password has at least {FewestDifferent} different characters."
            : IsAddress(given, user.Email) ? "The password must not be the e-mail address or its first part."
            : null;
        return Task.FromResult(fault is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "PasswordUnfit", Description = fault }));
    }

    private static bool IsAddress(string password, string? email) =>
        email is not null && (password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase));
}

/// <summary>Words for what goes wrong with accounts, where Identity speaks of a user name.</summary>
public sealed class AccountErrors : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError DuplicateUserName(string userName) =>
        new() { Code = nameof(DuplicateUserName), Description = "There is an account with this e-mail address already." };
}

/// <summary>What an e-mail address must be, beside having the form of one: no longer than addresses are (RFC 5321, 4.5.3.1.3), and without control characters.</summary>
public sealed class EmailRules : IUserValidator<Learner>
{
    private const int Longest = 254;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Learner> manager, Learner user)
    {
        string email = user.Email ?? "";
        bool sound = email.Length <= Longest && !email.Any(char.IsControl) && !email.Any(char.IsWhiteSpace);
        return Task.FromResult(sound ? IdentityResult.Success : IdentityResult.Failed(manager.ErrorDescriber.InvalidEmail(email.Length <= Longest ? email : email[..Longest] + "…")));
    }
}
