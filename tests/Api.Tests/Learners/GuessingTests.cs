using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Learners;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>Guessing is throttled at its source; accounts are never locked, and no one can find out whether they exist.</summary>
public sealed class GuessingTests : IClassFixture<LearnerFixture>
{
    private const int Free = 5;
    private const int FreeElsewhere = 100;
    private const string Wrong = "a wrong password";

    private readonly LearnerFixture _api;

    public GuessingTests(LearnerFixture api)
    {
        _api = api;
        api.Clock.Stop();
    }

    [Fact]
    public async Task Wrong_passwords_from_elsewhere_do_not_hold_up_the_owner()
    {
        SignedIn learner = await _api.SignUpAsync();
        using HttpClient attacker = _api.At(2);
        for (int i = 0; i < Free; i++)
        {
            (await SignInAsync(attacker, learner.Credentials with { Password = Wrong })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        await ShouldWaitAsync(await SignInAsync(attacker, learner.Credentials));
        await _api.Api.SignInAsync(learner.Credentials);
    }

    [Fact]
    public async Task Many_addresses_together_do_not_hold_up_the_owner_either()
    {
        SignedIn learner = await _api.SignUpAsync();
        for (int i = 0; i < FreeElsewhere; i++)
        {
            using HttpClient attacker = _api.At(10 + i);
            (await SignInAsync(attacker, learner.Credentials with { Password = Wrong })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using HttpClient next = _api.At(9);
        await ShouldWaitAsync(await SignInAsync(next, learner.Credentials));
        await _api.Api.SignInAsync(learner.Credentials);
    }

    [Fact]
    public async Task After_the_time_that_is_told_the_password_is_tried_again_and_each_time_it_is_longer()
    {
        SignedIn learner = await _api.SignUpAsync();
        for (int i = 0; i < Free; i++)
        {
            await SignInAsync(_api.Http, learner.Credentials with { Password = Wrong });
        }

        var waits = new List<TimeSpan>();
        for (int i = 0; i < 12; i++)
        {
            waits.Add(await ShouldWaitAsync(await SignInAsync(_api.Http, learner.Credentials)));
            _api.Clock.Ahead += waits[^1];
            (await SignInAsync(_api.Http, learner.Credentials with { Password = Wrong })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        waits[..10].Select(wait => wait.TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
        waits[^1].ShouldBe(TimeSpan.FromMinutes(15));
        _api.Clock.Ahead += waits[^1];
        await _api.Api.SignInAsync(learner.Credentials);
        (await SignInAsync(_api.Http, learner.Credentials with { Password = Wrong })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await _api.Api.SignInAsync(learner.Credentials);
    }

    [Fact]
    public async Task Passwords_tried_at_once_count_one_by_one()
    {
        SignedIn learner = await _api.SignUpAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SignInAsync(_api.Http, learner.Credentials with { Password = Wrong })));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(Free);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(20 - Free);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_answered_like_one_that_does()
    {
        SignedIn learner = await _api.SignUpAsync();
        string unknown = $"{Guid.NewGuid():N}@example.org";
        foreach (string email in new[] { unknown, unknown.ToUpperInvariant(), unknown, unknown, unknown, unknown })
        {
            HttpResponseMessage known = await SignInAsync(_api.Http, learner.Credentials with { Password = Wrong });
            HttpResponseMessage other = await SignInAsync(_api.Http, new Credentials { Email = email, Password = Wrong });
            other.StatusCode.ShouldBe(known.StatusCode);
            (await other.Content.ReadAsStringAsync()).ShouldBe(await known.Content.ReadAsStringAsync());
            HeadersOf(other).ShouldBe(HeadersOf(known));
        }

        await ShouldWaitAsync(await SignInAsync(_api.Http, new Credentials { Email = unknown, Password = Wrong }));
    }

    [Fact]
    public async Task An_old_password_cannot_be_tried_out()
    {
        SignedIn learner = await _api.SignUpAsync();
        for (int i = 0; i < Free; i++)
        {
            await (await ChangeAsync(learner, Wrong)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        }

        await ShouldWaitAsync(await ChangeAsync(learner, LearnerFixture.Password));
        _api.Clock.Ahead += TimeSpan.FromSeconds(1);
        (await ChangeAsync(learner, LearnerFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, Credentials credentials) =>
        client.PostAsync("/account/login", JsonContent.Create(credentials, options: BackpropJson.Create()));

    private async Task<HttpResponseMessage> ChangeAsync(SignedIn learner, string oldPassword)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/manage/info") { Content = Probes.Json($$"""{"oldPassword":"{{oldPassword}}","newPassword":"another walk by the sea"}""") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", learner.Tokens.AccessToken);
        return await _api.Http.SendAsync(request);
    }

    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Where(header => header.Key is not ("Date" or "Server-Timing")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}");

    private static async Task<TimeSpan> ShouldWaitAsync(HttpResponseMessage answer)
    {
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        return answer.Headers.RetryAfter!.Delta!.Value;
    }
}
