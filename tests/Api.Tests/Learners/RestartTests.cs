using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Api.Tests.Robustness;
using Backprop.Client;
using Backprop.Client.Learners;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>What survives a restart.</summary>
public sealed class RestartTests
{
    private const string Credentials = """{"email":"ada@example.org","password":"a long walk by the sea"}""";

    [Fact]
    public async Task Tokens_and_what_was_answered_outlive_a_killed_process()
    {
        using var folder = new TemporaryFolder();
        AccountTokens tokens;
        using (ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db")))
        {
            (await service.Http.PostAsync("/account/register", Probes.Json(Credentials))).StatusCode.ShouldBe(HttpStatusCode.OK);
            HttpResponseMessage signedIn = await service.Http.PostAsync("/account/login", Probes.Json(Credentials));
            tokens = (await signedIn.Content.ReadFromJsonAsync<AccountTokens>(BackpropJson.Create()))!;
            SignIn(service, tokens);
            (await service.Http.PostAsync("/learners/me/reviews/largest-of-three-gradients", Probes.Json("""{"answer":-24}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
            service.Kill();
        }

        using ServiceProcess restarted = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        SignIn(restarted, tokens);
        LearnerProgress progress = (await restarted.Http.GetFromJsonAsync<LearnerProgress>("/learners/me/progress", BackpropJson.Create()))!;
        progress.Overall.Correct.ShouldBe(1);
        (await restarted.Http.PostAsync("/account/refresh", Probes.Json($$"""{"refreshToken":"{{tokens.RefreshToken}}"}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.File("backprop.db.keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Processes_on_databases_of_their_own_have_the_same_question_of_the_day()
    {
        using var folder = new TemporaryFolder();
        using ServiceProcess one = await ServiceProcess.StartAsync(folder.File("one.db"));
        using ServiceProcess other = await ServiceProcess.StartAsync(folder.File("other.db"));
        DailyQuestion first;
        DailyQuestion second;
        do
        {
            first = await DailyAsync(one);
            second = await DailyAsync(other);
        }
        while (first.Date != second.Date);
        second.Question.Id.ShouldBe(first.Question.Id);
        second.Question.Prompt.ShouldBe(first.Question.Prompt);
    }

    private static async Task<DailyQuestion> DailyAsync(ServiceProcess service) => (await service.Http.GetFromJsonAsync<DailyQuestion>("/daily-question", BackpropJson.Create()))!;

    private static void SignIn(ServiceProcess service, AccountTokens tokens) =>
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(tokens.TokenType, tokens.AccessToken);
}
