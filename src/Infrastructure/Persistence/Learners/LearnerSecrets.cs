using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>Encrypts the authenticator keys and recovery codes that an earlier version of the service stored unencrypted.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="erasure">Removes the unencrypted secrets from the log.</param>
public sealed class LearnerSecrets(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, LogErasure erasure)
{
    /// <summary>Encrypts them.</summary>
    /// <param name="protector">Encrypts.</param>
    /// <param name="cancellationToken">Cancels; nothing is changed then.</param>
    /// <returns>Their number.</returns>
    public async Task<int> EncryptAsync(IPersonalDataProtector protector, CancellationToken cancellationToken)
    {
        await using (BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Clear(context).AnyAsync(cancellationToken))
            {
                return 0;
            }
        }

        int count = await writes.RunAsync(context => EncryptAsync(context, protector), cancellationToken);
        await erasure.RunAsync(cancellationToken);
        return count;
    }

    private static async Task<int> EncryptAsync(BackpropDbContext context, IPersonalDataProtector protector)
    {
        List<IdentityUserToken<string>> tokens = await Clear(context).ToListAsync(CancellationToken.None);
        foreach (IdentityUserToken<string> token in tokens)
        {
            token.Value = EncryptedText.Write(protector, token.Value);
        }

        await context.SaveChangesAsync(CancellationToken.None);
        return tokens.Count;
    }

    private static IQueryable<IdentityUserToken<string>> Clear(BackpropDbContext context) =>
        context.UserTokens.Where(token => token.Value != null && !token.Value.StartsWith(EncryptedText.Mark));
}
