using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Passwords that are rejected besides those too short or too long (NIST SP 800-63B-4, 3.1.1.2): common ones, repetitions and sequences, and those
/// made of the e-mail address or the name of the service.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Learner>
{
    /// <summary>The minimum length.</summary>
    public const int Shortest = 8;

    /// <summary>The maximum length; longer ones would take long to hash.</summary>
    public const int Longest = 256;

    private const string Service = "backprop";
    private const int FewestDifferent = 4;
    private const int FewestRuns = 3;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Learner> manager, Learner user, string? password) =>
        Task.FromResult(FaultOf(password ?? "", user.Email ?? "") is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordUnfit", Description = fault })
            : IdentityResult.Success);

    private static string? FaultOf(string password, string email) =>
        password.Length > Longest ? $"The password must have at most {Longest} characters."
        : password.Distinct().Count() < FewestDifferent ? $"The password must have at least {FewestDifferent} different characters."
        : Runs(password) < FewestRuns ? "The password must not be a sequence such as 12345678 or abcd4321, which attackers try first."
        : CommonPasswords.Contain(password) ? "The password must not be one of the 10,000 most common ones, which attackers try first."
        : IsMadeOf(password, email) || IsMadeOf(password, email.Split('@')[0])
            ? "The password must not be the e-mail address or its first part, with or without digits around it."
        : IsMadeOf(password, Service) ? "The password must not be the name of the service, with or without digits around it."
        : null;

    // Attackers also try a name with digits and punctuation around it.
    private static bool IsMadeOf(string password, string name)
    {
        ReadOnlySpan<char> core = Core(name);
        return password.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (core.Length > 0 && Core(password).Equals(core, StringComparison.OrdinalIgnoreCase));
    }

    private static ReadOnlySpan<char> Core(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && !char.IsLetter(text[start]))
        {
            start++;
        }
        while (end > start && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        return text.AsSpan(start, end - start);
    }

    // The number of runs of constant step (+1, -1 or 0) in a text: 1 for "12345678", 2 for "abcd4321".
    private static int Runs(string text)
    {
        int runs = 1;
        int? step = null;
        for (int i = 1; i < text.Length; i++)
        {
            int next = text[i] - text[i - 1];
            if (next is -1 or 0 or 1 && (step is null || step == next))
            {
                step = next;
                continue;
            }

            runs++;
            step = null;
        }

        return runs;
    }
}
