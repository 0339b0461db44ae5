using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>
/// The accounts as ASP.NET Core Identity stores them. Authenticator keys, recovery codes and other Identity tokens of an account are encrypted at
/// rest.
/// </summary>
/// <param name="context">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="secrets">Encrypts.</param>
/// <param name="describer">Describes errors.</param>
public sealed class LearnerStore(BackpropDbContext context, TimeProvider time, IPersonalDataProtector secrets, IdentityErrorDescriber describer)
    : UserOnlyStore<Learner, BackpropDbContext>(context, describer)
{
    private const int ConstraintFailed = 19;

    /// <summary>Stores an account; of two concurrent ones with one address, one fails as a duplicate.</summary>
    public override async Task<IdentityResult> CreateAsync(Learner user, CancellationToken cancellationToken = default)
    {
        user.CreatedAt = time.GetUtcNow();
        try
        {
            return await base.CreateAsync(user, cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is SqliteException { SqliteErrorCode: ConstraintFailed })
        {
            return IdentityResult.Failed(ErrorDescriber.DuplicateUserName(user.UserName!));
        }
    }

    /// <summary>Encrypts a token and stores it.</summary>
    public override Task SetTokenAsync(Learner user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, EncryptedText.Write(secrets, value), cancellationToken);

    /// <summary>Reads a token and decrypts it.</summary>
    public override async Task<string?> GetTokenAsync(Learner user, string loginProvider, string name, CancellationToken cancellationToken) =>
        EncryptedText.Read(secrets, await base.GetTokenAsync(user, loginProvider, name, cancellationToken));
}
