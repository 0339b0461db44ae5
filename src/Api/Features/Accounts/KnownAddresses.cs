using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Identity;

namespace Backprop.Api.Features.Accounts;

/// <summary>The network addresses from which a learner last signed in, encrypted, stored and deleted with the account.</summary>
/// <param name="users">The accounts.</param>
internal sealed class KnownAddresses(UserManager<Learner> users)
{
    private const string Provider = "Backprop";
    private const string Name = "KnownAddresses";
    private const char Separator = ' ';
    private const int Most = 20;

    /// <summary>The addresses, the latest first.</summary>
    /// <param name="learner">The learner.</param>
    public async Task<IReadOnlyList<string>> OfAsync(Learner learner) =>
        (await users.GetAuthenticationTokenAsync(learner, Provider, Name))?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Remembers an address.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="address">The address.</param>
    public async Task AddAsync(Learner learner, string address)
    {
        IReadOnlyList<string> known = await OfAsync(learner);
        if (address.Length == 0 || (known.Count > 0 && known[0] == address))
        {
            return;
        }

        // Of two concurrent sign-ins only one may be stored; the other address is remembered next time.
        await users.SetAuthenticationTokenAsync(learner, Provider, Name, string.Join(Separator, known.Except([address]).Prepend(address).Take(Most)));
    }
}
