using System.Globalization;
using Backprop.Api.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Throttles guessing of passwords and codes instead of locking accounts: after too many failures a client must wait, and the answer says how long
/// (429). An address waits after five failures at one account. After a hundred failures at one account, all addresses that never signed in to it
/// wait; after a hundred failures from one address at accounts that it never signed in to, that address waits. So guessing from elsewhere does not
/// hold up a learner at a known address. It makes no difference whether an account exists.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SignInAttempts(TimeProvider time)
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

    /// <summary>Begins an attempt. It counts as a failure until the outcome is known, so that concurrent attempts all count.</summary>
    /// <param name="email">The e-mail address, of at most <see cref="EmailAddresses.Longest"/> characters.</param>
    /// <param name="client">The client's network address.</param>
    /// <param name="isKnown">Whether the account has been signed in to from this address.</param>
    /// <exception cref="ProblemException">It comes too soon (429).</exception>
    public Attempt Begin(string email, string client, bool isKnown)
    {
        string account = email.ToUpperInvariant();
        DateTimeOffset now = time.GetUtcNow();
        lock (gate)
        {
            TimeSpan wait = pairs.Wait((account, client), now);
            if (!isKnown)
            {
                wait = TimeSpan.FromTicks(Math.Max(wait.Ticks, Math.Max(accounts.Wait(account, now).Ticks, clients.Wait(client, now).Ticks)));
            }

            if (wait > TimeSpan.Zero)
            {
                throw new ProblemException(TooSoon(wait));
            }

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
        return new Problem(429, $"Too many wrong passwords or codes. Try again in {seconds} seconds; the account is not locked.")
        {
            Header = (HeaderNames.RetryAfter, seconds),
        };
    }

    /// <summary>An attempt in progress.</summary>
    /// <param name="attempts">The counters.</param>
    /// <param name="account">The account.</param>
    /// <param name="client">The client's network address.</param>
    /// <param name="isKnown">Whether it counts only for this account and client together.</param>
    public sealed class Attempt(SignInAttempts attempts, string account, string client, bool isKnown)
    {
        /// <summary>Records a success: earlier failures of this client no longer count.</summary>
        public void Succeed()
        {
            lock (attempts.gate)
            {
                attempts.pairs.Forget((account, client));
                TakeBackOfMany();
            }
        }

        /// <summary>Takes the attempt back: neither a success nor a failure.</summary>
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
            {
                return;
            }

            attempts.accounts.TakeBack(account);
            attempts.clients.TakeBack(client);
        }
    }
}
