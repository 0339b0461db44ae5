using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Errors;
using Backprop.Client.Learners;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Accounts: registering, signing in, and what tokens allow.</summary>
public sealed class AccountTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    [Theory]
    [InlineData("no-address", LearnerFixture.Password, "email")]
    [InlineData("a b@example.org", LearnerFixture.Password, "email")]
    [InlineData("short@example.org", "seven77", "password")]
    [InlineData("same@example.org", "aaaaaaaaaaaa", "password")]
    [InlineData("own-address@example.org", "Own-Address", "password")]
    [InlineData("own-address@example.org", "own-address2027!", "password")]
    [InlineData("service@example.org", "Backprop123", "password")]
    [InlineData("common@example.org", "iloveyou", "password")]
    [InlineData("common@example.org", "PassWord1", "password")]
    [InlineData("sequence@example.org", "abcdefghijkl", "password")]
    [InlineData("sequence@example.org", "98765432abcdefg", "password")]
    public async Task What_makes_no_account_is_told_by_its_member(string email, string password, string path)
    {
        var answer = await PostAsync("/account/register", $$"""{"email":"{{email}}","password":"{{password}}"}""");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("\\u200bada@example.org")]
    [InlineData("ada\\u200d@example.org")]
    [InlineData("ada@example.org\\ufeff")]
    [InlineData("\\u202eada@example.org")]
    [InlineData("ada\\u2066@example.org")]
    [InlineData("ada\\u0000@example.org")]
    [InlineData("ada\\u0085@example.org")]
    [InlineData("ada\\u00a0@example.org")]
    [InlineData("\\uff41da@example.org")]
    [InlineData("\\ufb01n@example.org")]
    [InlineData("a\\u0301da@example.org")]
    [InlineData("ada@ex\\u00adample.org")]
    [InlineData("ada@example.org\\n")]
    [InlineData("ada@@example.org")]
    [InlineData("@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("")]
    public async Task No_two_addresses_look_alike(string email)
    {
        var answer = await PostAsync("/account/register", $$"""{"email":"{{email}}","password":"{{LearnerFixture.Password}}"}""");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("email").ShouldContain("ada@example.org");
    }

    [Theory]
    [InlineData("a long walk by the sea")]
    [InlineData("correct horse battery staple")]
    [InlineData("пароль из восьми")]
    [InlineData("x7#kQ!zr")]
    [InlineData("drowssap backprop")]
    public async Task Other_passwords_of_eight_characters_are_taken(string password) =>
        (await RegisterAsync($"{Guid.NewGuid():N}@example.org", password)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_password_may_have_256_characters() =>
        (await RegisterAsync($"{Guid.NewGuid():N}@example.org", string.Concat(Enumerable.Range(0, 64).Select(i => $"{i:d2}x-"))))
        .StatusCode.ShouldBe(HttpStatusCode.OK);

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
        string email = $"{Guid.NewGuid():N}@example.org";
        Credentials[] all = [.. Enumerable.Range(0, 8).Select(i => new Credentials { Email = email, Password = $"a long walk by the sea {i}" })];
        await Task.WhenAll(all.Select(credentials => api.Api.RegisterAsync(credentials)));
        int signedIn = 0;
        foreach (Credentials credentials in all)
        {
            api.Clock.Ahead += TimeSpan.FromMinutes(16);
            HttpResponseMessage answer = await api.Http.PostAsync("/account/login", JsonContent.Create(credentials, options: BackpropJson.Create()));
            signedIn += answer.IsSuccessStatusCode ? 1 : 0;
        }

        signedIn.ShouldBe(1);
    }

    [Fact]
    public async Task Registering_an_address_again_is_answered_as_the_first_time_and_changes_nothing()
    {
        SignedIn learner = await api.SignUpAsync();
        HttpResponseMessage first = await RegisterAsync($"{Guid.NewGuid():N}@example.org", LearnerFixture.Password);
        HttpResponseMessage again = await RegisterAsync(learner.Credentials.Email.ToUpperInvariant(), "another walk by the sea");
        again.StatusCode.ShouldBe(first.StatusCode);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.Select(header => header.Key).ShouldBe(first.Headers.Select(header => header.Key));
        HttpResponseMessage unfit = await RegisterAsync(learner.Credentials.Email, "password1");
        (await unfit.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("password").ShouldContain("common");

        await RefusalAsync(learner.Credentials with { Password = "another walk by the sea" });
        await api.Api.SignInAsync(learner.Credentials);
    }

    [Fact]
    public async Task Registering_takes_the_same_time_whoever_has_an_account()
    {
        string known = (await api.SignUpAsync()).Credentials.Email;
        var times = new List<(double New, double Known)>();
        for (int i = 0; i < 5; i++)
        {
            times.Add((await TimeAsync($"{Guid.NewGuid():N}@example.org"), await TimeAsync(known)));
        }

        double fastest = Math.Min(times.Min(pair => pair.New), times.Min(pair => pair.Known));
        fastest.ShouldBeGreaterThanOrEqualTo(190);

        async Task<double> TimeAsync(string email)
        {
            long start = Stopwatch.GetTimestamp();
            await RegisterAsync(email, LearnerFixture.Password);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
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

    [Theory]
    [InlineData("/account/login?useCookies=true", """{"email":"a@example.org","password":"12345678"}""", 400)]
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
        {
            answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        }
    }

    [Theory]
    [InlineData("/account/manage/info", """{"newEmail":"other@example.org"}""", "newEmail")]
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

    private Task<HttpResponseMessage> RegisterAsync(string email, string password) =>
        PostAsync("/account/register", $$"""{"email":"{{email}}","password":"{{password}}"}""");

    private Task<HttpResponseMessage> PostAsync(string path, string body) => api.Http.PostAsync(path, Probes.Json(body));

    private async Task<string> RefusalAsync(Credentials credentials)
    {
        ApiException refusal = await Should.ThrowAsync<ApiException>(api.Api.SignInAsync(credentials));
        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        return (await refusal.ProblemAsync())!.Detail!;
    }
}
