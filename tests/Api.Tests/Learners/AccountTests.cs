using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Accounts: what registers, what signs in, and what tokens are worth.</summary>
public sealed class AccountTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    [Theory]
    [InlineData("no-address", LearnerFixture.Password, "email")]
    [InlineData("a b@example.org", LearnerFixture.Password, "email")]
    [InlineData("short@example.org", "seven77", "password")]
    [InlineData("same@example.org", "aaaaaaaaaaaa", "password")]
    [InlineData("own-address@example.org", "Own-Address", "password")]
    public async Task What_makes_no_account_is_told_by_its_member(string email, string password, string path)
    {
        var answer = await PostAsync("/account/register", $$"""{"email":"{{email}}","password":"{{password}}"}""");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Endless_passwords_and_addresses_are_refused()
    {
        string endless = new('x', 60_000);
        await (await PostAsync("/account/register", $$"""{"email":"long@example.org","password":"abcd{{endless}}"}""")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PostAsync("/account/register", $$"""{"email":"{{endless}}@example.org","password":"{{LearnerFixture.Password}}"}""")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PostAsync("/account/login", $$"""{"email":"long@example.org","password":"abcd{{endless}}"}""")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"email":"a@example.org"}""", "password")]
    [InlineData("""{"email":"a@example.org","password":null}""", "password")]
    [InlineData("""{"email":"a@example.org","password":"12345678","admin":true}""", "admin")]
    public async Task A_malformed_registration_is_told_by_its_member(string body, string path) =>
        (await (await PostAsync("/account/register", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt(path).ShouldNotBeEmpty();

    [Fact]
    public async Task Of_registrations_that_come_at_once_one_makes_the_account()
    {
        string body = $$"""{"email":"{{Guid.NewGuid():N}}@example.org","password":"{{LearnerFixture.Password}}"}""";
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/account/register", body)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (HttpResponseMessage other in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            (await other.ShouldBeProblemAsync(HttpStatusCode.Conflict)).ErrorAt("email").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_nobody_learns_that_it_exists()
    {
        SignedIn learner = await api.SignUpAsync();
        string unknown = await RefusalAsync(new Credentials { Email = "nobody@example.org", Password = LearnerFixture.Password });
        for (int attempt = 0; attempt < 5; attempt++)
            (await RefusalAsync(learner.Credentials with { Password = "a wrong password" })).ShouldBe(unknown);
        (await RefusalAsync(learner.Credentials)).ShouldBe(unknown);
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
    }

    [Fact]
    public async Task A_changed_password_ends_the_tokens_from_before()
    {
        SignedIn learner = await api.SignUpAsync();
        Credentials changed = learner.Credentials with { Password = "another walk by the sea" };
        (await Should.ThrowAsync<ApiException>(learner.Api.ChangePasswordAsync(new PasswordChange { OldPassword = "a wrong one", NewPassword = changed.Password })))
            .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await learner.Api.ChangePasswordAsync(new PasswordChange { OldPassword = LearnerFixture.Password, NewPassword = changed.Password });

        (await Should.ThrowAsync<ApiException>(learner.Api.GetProgressAsync())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Should.ThrowAsync<ApiException>(api.Api.RefreshTokensAsync(new TokenRefresh { RefreshToken = learner.Tokens.RefreshToken }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await RefusalAsync(learner.Credentials);
        learner.Tokens = await api.Api.SignInAsync(changed);
        (await learner.Api.GetProgressAsync()).Overall.Answers.ShouldBe(0);
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens()
    {
        SignedIn learner = await api.SignUpAsync();
        learner.Tokens = await api.Api.RefreshTokensAsync(new TokenRefresh { RefreshToken = learner.Tokens.RefreshToken });
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
    }

    [Fact]
    public async Task An_authenticator_app_can_be_asked_for()
    {
        SignedIn learner = await api.SignUpAsync();
        TwoFactorState state = await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange());
        state.IsTwoFactorEnabled.ShouldBeFalse();
        learner.Tokens = await api.Api.SignInAsync(learner.Credentials);
        state = await learner.Api.SetUpTwoFactorAsync(new TwoFactorChange { Enable = true, TwoFactorCode = Code(state.SharedKey) });
        state.IsTwoFactorEnabled.ShouldBeTrue();

        (await RefusalAsync(learner.Credentials)).ShouldContain("twoFactorCode");
        await RefusalAsync(learner.Credentials with { TwoFactorCode = "000000" });
        await api.Api.SignInAsync(learner.Credentials with { TwoFactorRecoveryCode = state.RecoveryCodes!.First() });
        await RefusalAsync(learner.Credentials with { TwoFactorRecoveryCode = state.RecoveryCodes!.First() });
        learner.Tokens = await api.Api.SignInAsync(learner.Credentials with { TwoFactorCode = Code(state.SharedKey) });
        (await learner.Api.GetAccountAsync()).Email.ShouldBe(learner.Credentials.Email);
    }

    [Theory]
    [InlineData("/account/login?useCookies=true", """{"email":"a@example.org","password":"12345678"}""", 422)]
    [InlineData("/account/confirmEmail?userId=a&code=b", null, 404)]
    [InlineData("/account/forgotPassword", """{"email":"a@example.org"}""", 404)]
    [InlineData("/account/manage/info", null, 401)]
    [InlineData("/account/manage/info", "{}", 401)]
    [InlineData("/account/refresh", """{"refreshToken":"x"}""", 401)]
    [InlineData("/learners/me/progress", null, 401)]
    [InlineData("/learners/me/export", null, 401)]
    public async Task What_does_not_work_is_a_problem(string path, string? body, int status)
    {
        var answer = body is null ? await api.Http.GetAsync(path) : await PostAsync(path, body);
        await answer.ShouldBeProblemAsync((HttpStatusCode)status);
        if (status == 401)
            answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("/account/manage/info", """{"newEmail":"other@example.org"}""", "newEmail")]
    [InlineData("/account/manage/2fa", """{"forgetMachine":true}""", "forgetMachine")]
    [InlineData("/account/manage/2fa", """{"enable":true,"twoFactorCode":"123"}""", "twoFactorCode")]
    [InlineData("/account/manage/info", """{"newPassword":"a fine new password"}""", "oldPassword")]
    [InlineData("/account/manage/info", """{"newPassword":"x","oldPassword":"a long walk by the sea"}""", "newPassword")]
    public async Task What_an_account_cannot_be_is_told_by_its_member(string path, string body, string at)
    {
        SignedIn learner = await api.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Probes.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", learner.Tokens.AccessToken);
        var problem = await (await api.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["errors"]![at].ShouldNotBeNull(problem.ToJsonString());
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YTpi")]
    public async Task A_token_that_is_none_is_refused_even_where_everyone_is_welcome(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/daily-question");
        request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
        await (await api.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => api.Http.PostAsync(path, Probes.Json(body));

    private async Task<string> RefusalAsync(Credentials credentials)
    {
        ApiException refusal = await Should.ThrowAsync<ApiException>(api.Api.SignInAsync(credentials));
        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        return (await refusal.ProblemAsync())!.Detail!;
    }

    // The time-based one-time password of RFC 6238 for a key in base 32.
    private static string Code(string key)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
        byte[] step = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // The algorithm of authenticator apps.
        byte[] hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        int offset = hash[^1] & 15;
        int number = ((hash[offset] & 127) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6");
    }
}
