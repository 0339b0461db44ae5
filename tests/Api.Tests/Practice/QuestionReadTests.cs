using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class QuestionReadTests(PracticeFixture api) : IClassFixture<PracticeFixture>
{
    private const string Topic = PracticeFixture.Topic;

    [Fact]
    public async Task Filters_combine()
    {
        (await IdsAsync(company: ["Acme"])).ShouldBe(["made-choice", "made-select", "made-talk"]);
        (await IdsAsync(company: ["acme", "GLOBEX"])).ShouldBe(["made-choice", "made-select", "made-formula", "made-talk"]);
        (await IdsAsync(company: ["Acme", "Globex"], match: CompanyMatch.All)).ShouldBe(["made-choice", "made-talk"]);
        (await IdsAsync(company: ["Acme", "Globex"], match: CompanyMatch.All, difficulty: Difficulty.Medium)).ShouldBe(["made-talk"]);
        (await IdsAsync(kind: QuestionKind.TrueFalse)).ShouldBe(["made-truth"]);
        (await IdsAsync(q: "number")).ShouldBe(["made-number"]);
        (await IdsAsync(q: "quick-check")).ShouldBe(["made-choice"]);
    }

    [Theory]
    [InlineData("company=Acne", "company", "No question names the company 'Acne'; did you mean 'Acme'?")]
    [InlineData("company=Acme&company=Globexx", "company", "did you mean 'Globex'?")]
    [InlineData("topic=back-propagation", "topic", "There is no topic 'back-propagation'; did you mean 'backpropagation'?")]
    [InlineData("topic=xyz", "topic", "expected ")]
    [InlineData("topic=backpropagation&topic=optimizers", "topic", "did you mean 'optimisers'?")]
    [InlineData("tag=quick-chek", "tag", "No question has the tag 'quick-chek'; did you mean 'quick-check'?")]
    public async Task An_unknown_topic_or_company_is_named_with_a_suggestion(string query, string path, string message)
    {
        foreach (string route in (string[])["/questions", "/questions/facets", "/questions/random"])
        {
            HttpResponseMessage answer = await api.Http.GetAsync($"{route}?{query}");
            string error = (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path);
            error.ShouldContain(message);
            error.ShouldContain("GET /questions/facets");
        }
    }

    [Fact]
    public async Task Topics_are_found_in_either_case_and_known_filters_may_match_nothing()
    {
        QuestionList found = await api.Api.ListQuestionsAsync(topic: [Topic.ToUpperInvariant()], kind: [QuestionKind.TrueFalse]);
        found.Items.Select(item => item.Id).ShouldBe(["made-truth"]);
        (await IdsAsync(company: ["Globex"], kind: QuestionKind.TrueFalse)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_values_of_a_filter_are_alternatives()
    {
        string query = $"/questions?topic={Topic}&limit=100";
        (await IdsAsync($"{query}&difficulty=easy&difficulty=medium")).ShouldBe(["made-choice", "made-select", "made-truth", "made-talk"]);
        (await IdsAsync($"{query}&kind=numeric&kind=EXPRESSION")).ShouldBe(["made-number", "made-formula"]);
        (await IdsAsync($"{query}&tag=quick-check&tag=trade-off")).ShouldBe(["made-choice"]);
        (await IdsAsync("/questions?id=made-talk&id=MADE-NUMBER&id=weight-used-twice&topic=optimisers&topic=made-up-for-tests")).ShouldBe(["made-number", "made-talk"]);
        (await api.Api.CountQuestionsAsync(topic: [Topic, "backpropagation"], difficulty: [Difficulty.Hard, Difficulty.Easy])).Topics
            .ShouldContain(topic => topic.Value == "optimisers", "each facet is counted under the other filters");
        QuestionFacets facets = await api.Api.CountQuestionsAsync(topic: [Topic], tag: ["trade-off"]);
        facets.Total.ShouldBe(0);
        facets.Tags.ShouldHaveSingleItem().Value.ShouldBe("quick-check");
        (await api.Api.GetRandomQuestionAsync(id: ["made-talk"])).Id.ShouldBe("made-talk");
    }

    [Theory]
    [InlineData("difficulty=easy&difficulty=impossible", 400, "difficulty")]
    [InlineData("kind=essay", 400, "kind")]
    [InlineData("id=no-such-question", 422, "id")]
    [InlineData("unseen=true", 422, "unseen")]
    [InlineData("answeredWrong=true", 422, "answeredWrong")]
    [InlineData("unseen=maybe", 400, "unseen")]
    public async Task A_filter_that_cannot_be_used_says_why(string query, int status, string path)
    {
        foreach (string route in (string[])["/questions", "/questions/facets", "/questions/random"])
        {
            (await (await api.Http.GetAsync($"{route}?{query}")).ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Filters_take_a_limited_number_of_values()
    {
        string many = string.Concat(Enumerable.Range(0, 101).Select(number => $"&id=q{number}"));
        (await (await api.Http.GetAsync($"/questions?{many[1..]}")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("id").ShouldContain("100");
        string tags = string.Concat(Enumerable.Repeat("&tag=quick-check", 21));
        (await (await api.Http.GetAsync($"/questions?{tags[1..]}")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("tag").ShouldContain("20");
    }

    [Fact]
    public async Task Title_and_difficulty_can_be_hidden()
    {
        QuestionList list = await api.Api.ListQuestionsAsync(topic: [Topic], hide: [QuestionDetail.Title, QuestionDetail.Difficulty]);
        list.Items.ShouldNotBeEmpty();
        list.Items.ShouldAllBe(question => question.Title == null && question.Difficulty == null && question.Prompt.Length > 0);
        (await api.Api.ListQuestionsAsync(topic: [Topic], hide: [QuestionDetail.Difficulty])).Items.ShouldAllBe(question => question.Title != null && question.Difficulty == null);
    }

    [Theory]
    [InlineData("/questions/made-choise")]
    [InlineData("/questions/made_choice")]
    [InlineData("/questions/MADE-CHOICE/answer")]
    [InlineData("/questions/made-choic/hints/1")]
    public async Task An_unknown_question_is_named_with_a_suggestion(string path) =>
        (await (await api.Http.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.NotFound))["detail"]!.GetValue<string>().ShouldContain("did you mean 'made-choice'");

    [Fact]
    public async Task Facets_count_under_the_other_filters()
    {
        QuestionFacets facets = await api.Api.CountQuestionsAsync(topic: [Topic], difficulty: [Difficulty.Hard]);
        facets.Total.ShouldBe(2);
        facets.Difficulties.Select(count => (count.Value, count.Count)).ShouldBe([("easy", 2), ("medium", 2), ("hard", 2)]);
        facets.Kinds.Select(count => (count.Value, count.Count)).ShouldBe([("numeric", 1), ("expression", 1)]);
        facets.Companies.Select(count => (count.Value, count.Count)).ShouldBe([("Globex", 1)]);
        facets.Topics.ShouldContain(count => count.Value == Topic && count.Name == "Made up for tests" && count.Count == 2);
    }

    [Theory]
    [InlineData(QuestionSort.Oldest, "choice select number formula truth talk")]
    [InlineData(QuestionSort.Newest, "talk truth formula number select choice")]
    [InlineData(QuestionSort.Easiest, "choice truth select talk number formula")]
    [InlineData(QuestionSort.Hardest, "formula number talk select truth choice")]
    public async Task Pages_follow_the_links_through_every_order(QuestionSort sort, string expected)
    {
        var seen = new List<string>();
        string? next = $"/questions?topic={Topic}&sort={sort.ToString().ToLowerInvariant()}&limit=2";
        while (next is not null)
        {
            using HttpResponseMessage response = await api.Http.GetAsync(next);
            JsonNode page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            page["total"]!.GetValue<long>().ShouldBe(6);
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()["made-".Length..]));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('>')[0].TrimStart('<') : null;
            page.AsObject().ContainsKey("nextCursor").ShouldBeTrue();
            (page["nextCursor"] is null).ShouldBe(next is null);
        }

        string.Join(' ', seen).ShouldBe(expected);
    }

    [Theory]
    [InlineData("limit=0", 422)]
    [InlineData("limit=101", 422)]
    [InlineData("limit=x", 400)]
    [InlineData("cursor=AAAA", 422)]
    [InlineData("sort=relevance", 422)]
    [InlineData("sort=best", 400)]
    [InlineData("difficulty=hardest", 400)]
    [InlineData("difficulty=2", 400)]
    [InlineData("kind=essay", 400)]
    [InlineData("companyMatch=some", 400)]
    public async Task What_is_no_query_is_refused_where_it_stands(string query, int status)
    {
        using HttpResponseMessage response = await api.Http.GetAsync($"/questions?{query}");
        JsonObject problem = await response.ShouldBeProblemAsync((HttpStatusCode)status);
        problem.ErrorAt(query.Split('=')[0]);
    }

    [Fact]
    public async Task An_unknown_word_is_answered_with_the_known_ones()
    {
        using HttpResponseMessage response = await api.Http.GetAsync("/questions?difficulty=middling");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt("difficulty")
            .ShouldBe("difficulty must be one of easy, medium, hard; got 'middling'.");
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("NEAR(")]
    [InlineData("a AND OR NOT")]
    [InlineData("title:*")]
    [InlineData("-")]
    [InlineData("%00x")]
    [InlineData("%F0%9F%92%A5%20%27%3B--")]
    [InlineData("%FF")]
    public async Task Nothing_that_is_searched_is_syntax(string text)
    {
        (await api.Http.GetAsync($"/questions?q={text}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Http.GetAsync($"/questions/facets?q={text}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/questions?topic=made-up-for-tests")]
    [InlineData("/questions/facets")]
    [InlineData("/questions/made-choice")]
    [InlineData("/questions/made-choice/hints/1")]
    [InlineData("/questions/made-talk/answer")]
    public async Task An_unchanged_answer_is_not_sent_again(string uri)
    {
        using HttpResponseMessage first = await api.Http.GetAsync(uri);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        string tag = first.Headers.ETag!.ToString();
        (await ConditionalAsync(uri, tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await ConditionalAsync(uri, "\"other\", *")).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await api.Api.ReplaceQuestionAsync("made-tag", PracticeFixture.Choice("made-tag") with { Prompt = $"{Guid.NewGuid()}?" });
        (await ConditionalAsync(uri, tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await api.Api.DeleteQuestionAsync("made-tag");
    }

    [Fact]
    public async Task Hints_come_one_at_a_time()
    {
        QuestionHint hint = await api.Api.GetHintAsync("made-choice", 2);
        (hint.Number, hint.Of, hint.Text).ShouldBe((2, 2, "Clear."));
        foreach (string other in (string[])["0", "3", "-1", "x"])
        {
            await (await api.Http.GetAsync($"/questions/made-choice/hints/{other}")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Only_interview_questions_have_a_model_answer_to_be_read()
    {
        InterviewAnswer answer = await api.Api.GetAnswerAsync("made-talk");
        (answer.ModelAnswer, answer.Rubric.Single().Text, answer.FollowUps.Single(), answer.FollowUpAnswers!.Single())
            .ShouldBe(("model-answer", "rubric-fact", "follow-up", "follow-up-answer"));
        await (await api.Http.GetAsync("/questions/made-choice/answer")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await (await api.Http.GetAsync("/questions/absent/answer")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nothing_that_is_read_gives_a_key_away()
    {
        string[] ids = [.. await IdsAsync()];
        string[] uris = [$"/questions?topic={Topic}", $"/questions?topic={Topic}&q=made", "/questions/facets", .. ids.Select(id => $"/questions/{id}"), "/questions/made-choice/hints/1", "/questions/made-choice/hints/2"];
        foreach (string uri in uris)
        {
            string text = await api.Http.GetStringAsync(uri);
            foreach (string secret in (string[])["4321", "1234", "9876", "feedback", "explanation", "model-answer", "rubric-fact", "follow-up", "correct", "\"value\":true"])
            {
                text.ShouldNotContain(secret, Case.Insensitive, uri);
            }
        }

        (await api.Api.GetQuestionAsync("made-choice")).Choices.ShouldBe(["alpha", "mu", "zeta"]);
        (await IdsAsync(q: "explanation")).ShouldBeEmpty();
        (await IdsAsync(q: "zeta")).ShouldBeEmpty();
    }

    private async Task<IEnumerable<string>> IdsAsync(
        string[]? company = null, CompanyMatch? match = null, Difficulty? difficulty = null, QuestionKind? kind = null, string? q = null)
    {
        QuestionList list = await api.Api.ListQuestionsAsync(company, match, difficulty is { } level ? [level] : null, [Topic],
            kind is { } one ? [one] : null, q: q, sort: QuestionSort.Oldest, limit: 100);
        list.Total.ShouldBe(list.Items.Count);
        return list.Items.Select(item => item.Id);
    }

    private async Task<IEnumerable<string>> IdsAsync(string uri) => JsonNode.Parse(await api.Http.GetStringAsync(uri))!["items"]!.AsArray()
        .Select(item => item!["id"]!.GetValue<string>());

    private async Task<HttpResponseMessage> ConditionalAsync(string uri, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await api.Http.SendAsync(request);
    }
}
