using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Lessons;

/// <summary>Lessons as clients read them, and that what they say is what the service answers.</summary>
public sealed class LessonTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Id = "backpropagation";

    [Fact]
    public async Task The_list_has_the_headings()
    {
        LessonSummary lesson = (await api.Api.ListLessonsAsync()).Items.ShouldHaveSingleItem();
        lesson.Id.ShouldBe(Id);
        lesson.Sections.Select(section => section.Id).ShouldBe((await api.Api.GetLessonAsync(Id)).Sections.Select(section => section.Id));
    }

    [Fact]
    public async Task Every_example_succeeds_and_gives_what_the_text_quotes()
    {
        var wrong = new List<string>();
        int quotes = 0;
        foreach (LessonExample example in (await api.Api.GetLessonAsync(Id)).Sections.SelectMany(section => section.Examples))
        {
            using HttpRequestMessage request = Request(example);
            using HttpResponseMessage response = await api.Http.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue($"{example.Id}: {answer}");
            quotes += example.Quotes.Count;
            wrong.AddRange(example.Quotes.Where(quote => !Holds(quote, answer)).Select(quote => $"{example.Id}: {quote.Text} at {quote.Path} of {answer}"));
        }

        wrong.ShouldBeEmpty();
        quotes.ShouldBeGreaterThan(60);
    }

    [Theory]
    [InlineData("−24", "-24", true)]
    [InlineData("24", "-24", false)]
    [InlineData("−0.802", "-0.80178", true)]
    [InlineData("−0.801", "-0.80178", false)]
    [InlineData("2.33×10⁹", "2333333333.7", true)]
    [InlineData("2.34×10⁹", "2333333333.7", false)]
    [InlineData("2.4×10⁻⁴", "0.000244140625", true)]
    [InlineData("2.4×10⁻⁵", "0.000244140625", false)]
    [InlineData("2,048", "2048", true)]
    [InlineData("11.1 years", "\"11.1 years\"", true)]
    [InlineData("1.1", "\"the factor is 1.12.\"", false)]
    [InlineData("0.1", "\"the factor is 0.1.\"", true)]
    [InlineData("0", "\"the factor is 10\"", false)]
    [InlineData("passes", "true", true)]
    [InlineData("passes", "false", false)]
    [InlineData("24", "null", false)]
    [InlineData("twenty", "20", false)]
    public void A_quotation_is_compared_to_the_last_digit(string text, string answer, bool holds) =>
        QuotedNumber.Says(text, JsonNode.Parse(answer)).ShouldBe(holds);

    [Fact]
    public async Task Every_experiment_exists()
    {
        string[] names = [.. (await api.Api.ListExperimentsAsync()).Items.Select(experiment => experiment.Name)];
        string[] shown = [.. (await api.Api.GetLessonAsync(Id)).Sections.SelectMany(section => section.Experiments)];
        shown.ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_question_can_be_read()
    {
        foreach (string question in (await api.Api.GetLessonAsync(Id)).Sections.SelectMany(section => section.Questions))
        {
            (await api.Api.GetQuestionAsync(question)).Id.ShouldBe(question);
        }
    }

    [Fact]
    public async Task An_unknown_lesson_gets_the_likely_one()
    {
        using HttpResponseMessage response = await api.Http.GetAsync("/lessons/backprop");
        (await response.ShouldBeProblemAsync(HttpStatusCode.NotFound))["detail"]!.GetValue<string>()
            .ShouldBe("There is no lesson 'backprop'; did you mean 'backpropagation'?");
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/markdown", "text/markdown")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/markdown;q=0.5, text/html", "text/html")]
    [InlineData("text/html;q=0.5, application/json", "application/json")]
    public async Task The_client_chooses_the_format(string? accept, string type)
    {
        using HttpResponseMessage response = await GetAsync(accept);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.Vary.ShouldContain("Accept");
    }

    [Fact]
    public async Task Each_format_has_a_tag_of_its_own()
    {
        string?[] formats = [null, "text/markdown", "text/html"];
        var tags = new List<string>();
        foreach (string? format in formats)
        {
            using HttpResponseMessage response = await GetAsync(format);
            tags.Add(response.Headers.ETag!.ToString());
        }

        tags.ShouldBeUnique();
        using HttpResponseMessage known = await GetAsync("text/markdown", tags[1]);
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using HttpResponseMessage other = await GetAsync("text/html", tags[1]);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_may_use_its_styles_and_nothing_else()
    {
        using HttpResponseMessage response = await GetAsync("text/html");
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem()
            .ShouldBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    }

    [Fact]
    public async Task The_client_reads_the_text() => (await api.Api.GetLessonTextAsync(Id)).ShouldStartWith("# Backpropagation\n");

    private static bool Holds(LessonQuote quote, string answer) => quote.Path.Length == 0
        ? answer.Contains(quote.Text, StringComparison.Ordinal)
        : QuotedNumber.Says(quote.Text, At(JsonNode.Parse(answer), quote.Path));

    private static JsonNode? At(JsonNode? node, string path) => path.Split('/').Skip(1).Aggregate(node, (at, name) => at switch
    {
        JsonArray items => items[int.Parse(name)],
        JsonObject members => members[name],
        _ => null,
    });

    private static HttpRequestMessage Request(LessonExample example)
    {
        var request = new HttpRequestMessage(new HttpMethod(example.Method), example.Route);
        request.Headers.Add("Accept", example.Accept ?? "*/*");
        request.Content = example.Body is { } body ? Probes.Json(JsonSerializer.Serialize(body)) : null;
        return request;
    }

    private async Task<HttpResponseMessage> GetAsync(string? accept, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/lessons/{Id}");
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        if (known is not null)
        {
            request.Headers.Add("If-None-Match", known);
        }

        return await api.Http.SendAsync(request);
    }
}
