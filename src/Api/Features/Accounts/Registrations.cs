using Backprop.Api.Platform.Problems;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Registers accounts. If an address already has one, the answer and its time are the same and nothing changes, so that no one can find out which
/// addresses have accounts. No mail is needed: after registering, the owner signs in, which works only with the account's own password.
/// </summary>
/// <param name="users">The accounts.</param>
/// <param name="time">The clock.</param>
internal sealed class Registrations(UserManager<Learner> users, TimeProvider time)
{
    // Longer than hashing a password and writing an account take; the latter happens only for a new one.
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(200);

    /// <summary>Creates an account unless the address has one.</summary>
    /// <param name="registration">The address and the password.</param>
    /// <exception cref="ProblemException">The address is invalid or the password is not allowed (422), whether or not there is an
    /// account.</exception>
    public async Task AddAsync(RegisterRequest registration)
    {
        EmailAddresses.Demand(registration.Email);
        long start = time.GetTimestamp();
        var learner = new Learner { UserName = registration.Email, Email = registration.Email };
        IdentityResult result = await users.CreateAsync(learner, registration.Password);
        IdentityError[] faults = [.. result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName))];
        if (faults.Length > 0)
        {
            throw new ProblemException(422, "password", string.Join(' ', faults.Select(fault => fault.Description)));
        }

        TimeSpan left = Duration - time.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time);
        }
    }
}
