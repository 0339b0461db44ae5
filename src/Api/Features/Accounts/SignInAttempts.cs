using System.Globalization;
using Backprop.Api.Platform.Errors;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Slows down guessing of passwords and codes, instead of locking accounts: whoever fails too often waits, and is told for how long (429). One
/// address waits after five failures at one account. All addresses from which the account was never signed in to wait after a hundred failures
/// at it, and those at one address after a hundred failures at accounts that were never signed in to from there. So guessing elsewhere does not
/// hold up a learner at a known address. Whether an account exists makes no difference.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SignInAttempts(TimeProvider time)
{
    private const int FreeOfPair = 5;
    private const int FreeOfMany = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestOfClient = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);
    private static readonly TimeSpan MemoryOfClient = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly FailureCounts<(string Account, string Client)> pairs = new(FreeOfPair, Longest, Memory);
    private readonly FailureCounts<string> accounts = new(FreeOfMany, Longest, Memory);
    private readonly FailureCounts<string> clients = new(FreeOfMany, LongestOfClient, MemoryOfClient);

    /// <summary>Begins an attempt. It counts as a failure until it is said to be none, so that many at once count as many.</summary>
    /// <param name="email">The e-mail address, of at most <see cref="EmailAddresses.Longest"/> characters.</param>
    /// <param name="client">The client's network address.</param>
    /// <param name="isKnown">Whether the account was signed in to from this address before.</param>
    /// <exception cref="ProblemException">It comes too soon (429).</exception>
    public Attempt Begin(string email, string client, bool isKnown)
    {
        string account = email.ToUpperInvariant();
        DateTimeOffset now = time.GetUtcNow();
        lock (gate)
        {
            TimeSpan wait = pairs.Wait((account, client), now);
            if (!isKnown)
                wait = TimeSpan.FromTicks(Math.Max(wait.Ticks, Math.Max(accounts.Wait(account, now).Ticks, clients.Wait(client, now).Ticks)));
            if (wait > TimeSpan.Zero)
                throw new ProblemException(TooSoon(wait));
            pairs.Add((account, client), now);
            if (!isKnown)
            {
                accounts.Add(account, now);
                clients.Add(client, now);
            }
        }

        return new Attempt(this, account, client, isKnown);
    }

    private static Problem TooSoon(TimeSpan wait)
    {
        string seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new Problem(429, $"Too many passwords or codes were wrong. Try again in {seconds} seconds; nothing is locked.")
        {
            Header = (HeaderNames.RetryAfter, seconds),
        };
    }

    /// <summary>An attempt that has begun.</summary>
    /// <param name="attempts">Where it counts.</param>
    /// <param name="account">The account.</param>
    /// <param name="client">The client's network address.</param>
    /// <param name="isKnown">Whether only the pair of both counts it.</param>
    public sealed class Attempt(SignInAttempts attempts, string account, string client, bool isKnown)
    {
        /// <summary>It succeeded: the failures before it no longer count for this client.</summary>
        public void Succeed()
        {
            lock (attempts.gate)
            {
                attempts.pairs.Forget((account, client));
                TakeBackOfMany();
            }
        }

        /// <summary>It was no failure, and proved nothing either.</summary>
        public void TakeBack()
        {
            lock (attempts.gate)
            {
                attempts.pairs.TakeBack((account, client));
                TakeBackOfMany();
            }
        }

        private void TakeBackOfMany()
        {
            if (isKnown)
                return;
            attempts.accounts.TakeBack(account);
            attempts.clients.TakeBack(client);
        }
    }
}
