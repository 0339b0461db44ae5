using Backprop.Domain.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The accounts, as the stores of what belongs to them need them.</summary>
internal static class LearnerAccounts
{
    /// <summary>Whether an account exists.</summary>
    public static Task<bool> HasLearnerAsync(this BackpropDbContext context, string learner) =>
        context.Users.AnyAsync(account => account.Id == learner, CancellationToken.None);

    /// <summary>Requires that an account still exists when something is stored for it.</summary>
    /// <param name="context">The context of an isolated transaction.</param>
    /// <param name="learner">The learner; null is always accepted.</param>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public static async Task RequireLearnerAsync(this BackpropDbContext context, string? learner)
    {
        if (learner is not null && !await context.HasLearnerAsync(learner))
        {
            throw new AccountDeletedException();
        }
    }
}
