using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class OpenTdbTests(PracticeFixture api) : IClassFixture<PracticeFixture>
{
    [Fact]
    public async Task Open_questions_come_with_their_answers()
    {
        int category = await CategoryAsync();
        JsonNode answer = await GetAsync($"/api.php?amount=2&category={category}");
        answer["response_code"]!.GetValue<int>().ShouldBe(0);
        JsonArray results = answer["results"]!.AsArray();
        results.Select(result => result!["type"]!.GetValue<string>()).Order().ShouldBe(["boolean", "multiple"]);
        JsonNode choice = results.Single(result => result!["type"]!.GetValue<string>() == "multiple")!;
        choice["correct_answer"]!.GetValue<string>().ShouldBe("zeta");
        choice["incorrect_answers"]!.AsArray().Select(text => text!.GetValue<string>()).ShouldBe(["alpha", "mu"]);
        choice["category"]!.GetValue<string>().ShouldBe("Made up for tests");
    }

    [Theory]
    [InlineData("", "or O(n&#178;)?")]
    [InlineData("&encode=none", "or O(n&#178;)?")]
    [InlineData("&encode=urlLegacy", "or+O(n%C2%B2)%3F")]
    [InlineData("&encode=url3986", "or%20O%28n%C2%B2%29%3F")]
    public async Task Texts_are_encoded_as_asked(string encode, string end)
    {
        JsonNode answer = await GetAsync($"/api.php?amount=1&type=multiple&category={await CategoryAsync()}{encode}");
        answer["results"]![0]!["question"]!.GetValue<string>().ShouldEndWith(end);
    }

    [Fact]
    public async Task Base64_holds_utf8()
    {
        JsonNode answer = await GetAsync($"/api.php?amount=1&type=multiple&encode=base64&category={await CategoryAsync()}");
        Encoding.UTF8.GetString(Convert.FromBase64String(answer["results"]![0]!["question"]!.GetValue<string>())).ShouldBe("What about choice, or O(n²)?");
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("amount=0", 2)]
    [InlineData("amount=51", 2)]
    [InlineData("amount=x", 2)]
    [InlineData("amount=1&difficulty=brutal", 2)]
    [InlineData("amount=1&type=essay", 2)]
    [InlineData("amount=1&category=x", 2)]
    [InlineData("amount=1&category=99", 1)]
    [InlineData("amount=1&token=00", 3)]
    public async Task What_cannot_be_drawn_is_told_by_a_code(string query, int code)
    {
        JsonNode answer = await GetAsync($"/api.php?{query}");
        answer["response_code"]!.GetValue<int>().ShouldBe(code);
        answer["results"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("resetcommand=reset")]
    public async Task With_a_token_nothing_comes_twice_until_it_is_reset(string reset)
    {
        int category = await CategoryAsync();
        JsonNode made = await GetAsync("/api_token.php?command=request");
        made["response_code"]!.GetValue<int>().ShouldBe(0);
        string token = made["token"]!.GetValue<string>();
        token.Length.ShouldBe(64);
        string uri = $"/api.php?amount=1&category={category}&token={token}";
        string[] seen = [await QuestionAsync(uri), await QuestionAsync(uri)];
        seen.Distinct().Count().ShouldBe(2);
        (await GetAsync(uri))["response_code"]!.GetValue<int>().ShouldBe(4);
        (await GetAsync($"/api_token.php?command={reset}&token={token}")).ToJsonString().ShouldBe($$"""{"response_code":0,"token":"{{token}}"}""");
        (await QuestionAsync(uri)).ShouldBeOneOf(seen);
    }

    [Fact]
    public async Task Counts_agree_with_what_can_be_drawn()
    {
        int category = await CategoryAsync();
        JsonNode count = await GetAsync($"/api_count.php?category={category}");
        count["category_id"]!.GetValue<int>().ShouldBe(category);
        count["category_question_count"]!.ToJsonString().ShouldBe(
            """{"total_question_count":2,"total_easy_question_count":2,"total_medium_question_count":0,"total_hard_question_count":0}""");
        JsonNode all = await GetAsync("/api_count_global.php");
        all["categories"]![$"{category}"]!["total_num_of_verified_questions"]!.GetValue<int>().ShouldBe(2);
        (await GetAsync("/api_token.php?command=reset&token=x"))["response_code"]!.GetValue<int>().ShouldBe(3);
    }

    [Theory]
    [InlineData("?category=99", "99")]
    [InlineData("?category=x", "x")]
    [InlineData("", null)]
    public async Task An_unknown_category_has_counts_of_zero(string query, string? category)
    {
        JsonNode answer = await GetAsync($"/api_count.php{query}");
        answer["response_code"]!.GetValue<int>().ShouldBe(2);
        answer["category_id"]?.GetValue<string>().ShouldBe(category);
        answer["category_question_count"]!.AsObject().Select(count => count.Value!.GetValue<int>()).ShouldBe([0, 0, 0, 0]);
    }

    private async Task<string> QuestionAsync(string uri) => (await GetAsync(uri))["results"]!.AsArray().ShouldHaveSingleItem()!["question"]!.GetValue<string>();

    private async Task<int> CategoryAsync() => (await GetAsync("/api_category.php"))["trivia_categories"]!.AsArray()
        .Single(category => category!["name"]!.GetValue<string>() == "Made up for tests")!["id"]!.GetValue<int>();

    private async Task<JsonNode> GetAsync(string uri)
    {
        using HttpResponseMessage response = await api.Http.GetAsync(uri);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
