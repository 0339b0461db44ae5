using System.Net;
using Backprop.Client.Errors;
using Backprop.Client.Learners;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Sessions: refresh tokens work once, and signing out revokes all tokens of a session.</summary>
public sealed class SessionTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    [Fact]
    public async Task A_refresh_token_gives_new_tokens_again_and_again()
    {
        SignedIn learner = await api.SignUpAsync();
        for (int i = 0; i < 3; i++)
        {
            api.Clock.Ahead += TimeSpan.FromHours(2);
            await RefusedAsync(learner.Api.GetAccountAsync());
            learner.Tokens = await RefreshAsync(learner.Tokens);
            (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
        }

        api.Clock.Ahead += TimeSpan.FromDays(15);
        await RefusedAsync(RefreshAsync(learner.Tokens));
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_closes_its_session_and_no_other()
    {
        SignedIn learner = await api.SignUpAsync();
        AccountTokens other = await api.Api.SignInAsync(learner.Credentials);
        AccountTokens stolen = learner.Tokens;
        learner.Tokens = await RefreshAsync(stolen);
        (await RefusedAsync(RefreshAsync(stolen))).ShouldContain("used before");
        await RefusedAsync(RefreshAsync(learner.Tokens));
        await RefusedAsync(learner.Api.GetAccountAsync());
        learner.Tokens = await RefreshAsync(other);
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
    }

    [Fact]
    public async Task Of_refreshes_at_once_one_succeeds()
    {
        SignedIn learner = await api.SignUpAsync();
        Task<AccountTokens>[] all = [.. Enumerable.Range(0, 8).Select(_ => RefreshAsync(learner.Tokens))];
        foreach (Task<AccountTokens> one in all)
        {
            await Task.WhenAny(one);
        }

        all.Count(one => one.IsCompletedSuccessfully).ShouldBe(1);
    }

    [Fact]
    public async Task Signing_out_ends_the_tokens_of_this_sign_in_at_once()
    {
        SignedIn learner = await api.SignUpAsync();
        AccountTokens other = await api.Api.SignInAsync(learner.Credentials);
        await learner.Api.SignOutAsync();
        await RefusedAsync(learner.Api.GetAccountAsync());
        await RefusedAsync(learner.Api.SignOutAsync());
        await RefusedAsync(RefreshAsync(learner.Tokens));
        learner.Tokens = other;
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
    }

    [Fact]
    public async Task An_access_token_is_no_refresh_token_nor_the_other_way_round()
    {
        SignedIn learner = await api.SignUpAsync();
        await RefusedAsync(api.Api.RefreshTokensAsync(new TokenRefresh { RefreshToken = learner.Tokens.AccessToken }));
        learner.Tokens = learner.Tokens with { AccessToken = learner.Tokens.RefreshToken };
        await RefusedAsync(learner.Api.GetAccountAsync());
    }

    [Fact]
    public async Task The_export_tells_of_sessions_and_addresses()
    {
        SignedIn learner = await api.SignUpAsync();
        await api.Api.SignInAsync(learner.Credentials);
        ExportedAccount account = (await learner.Api.ExportLearnerAsync()).Account;
        account.Sessions.Count.ShouldBe(2);
        account.KnownAddresses.ShouldBe(["127.0.0.1"]);
    }

    private Task<AccountTokens> RefreshAsync(AccountTokens tokens) => api.Api.RefreshTokensAsync(new TokenRefresh { RefreshToken = tokens.RefreshToken });

    private static async Task<string> RefusedAsync(Task request)
    {
        ApiException refusal = await Should.ThrowAsync<ApiException>(request);
        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        return (await refusal.ProblemAsync())!.Detail!;
    }
}
