using System.Xml.Linq;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>The shipped questions, over HTTP.</summary>
public sealed class ShippedBankTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("", 35)]
    [InlineData("&company=Google", 5)]
    [InlineData("&company=Anthropic", 4)]
    [InlineData("&company=Meta", 3)]
    [InlineData("&company=OpenAI", 3)]
    [InlineData("&company=Meta&company=Anthropic&companyMatch=all", 2)]
    [InlineData("&company=Meta&company=Anthropic&companyMatch=any", 5)]
    [InlineData("&difficulty=medium", 17)]
    [InlineData("&company=Google&difficulty=medium", 3)]
    [InlineData("&difficulty=hard", 11)]
    [InlineData("&difficulty=easy", 7)]
    [InlineData("&company=Google&difficulty=easy", 0)]
    public async Task The_interview_questions_are_found_by_company_and_difficulty(string filters, int total)
    {
        string json = await api.Http.GetStringAsync($"/questions?kind=interview{filters}");
        System.Text.Json.Nodes.JsonNode.Parse(json)!["total"]!.GetValue<int>().ShouldBe(total);
    }

    [Fact]
    public async Task Facets_agree_with_the_lists()
    {
        QuestionFacets facets = await api.Api.CountQuestionsAsync(kind: QuestionKind.Interview);
        facets.Companies.Select(count => (count.Value, count.Count)).ShouldBe([("Google", 5), ("Anthropic", 4), ("Meta", 3), ("OpenAI", 3)]);
        facets.Difficulties.Select(count => (count.Value, count.Count)).ShouldBe([("easy", 7), ("medium", 17), ("hard", 11)]);
        facets.Kinds.Sum(count => count.Count).ShouldBe((await api.Api.ListQuestionsAsync()).Total);
    }

    [Fact]
    public async Task Every_question_is_in_every_export()
    {
        var ids = (await api.Api.ExportQuestionsAsync()).Questions.Select(question => question.Id).ToHashSet();
        ids.Count.ShouldBe((int)(await api.Api.ListQuestionsAsync()).Total);
        XElement quiz = XDocument.Parse(await api.Api.ExportQuestionsAsync(ExportFormat.MoodleXml)).Root!;
        quiz.Elements("question").Select(question => question.Element("idnumber")?.Value).Where(id => id is not null).ShouldBe(ids, ignoreOrder: true);
        string gift = await api.Api.ExportQuestionsAsync(ExportFormat.Gift);
        gift.Split('\n').Where(line => line.StartsWith("// [id:", StringComparison.Ordinal)).Select(line => line["// [id:".Length..line.IndexOf(']', StringComparison.Ordinal)]).ShouldBe(ids, ignoreOrder: true);
        gift.ShouldNotContain("{{");
        string[] notes = [.. (await api.Api.ExportQuestionsAsync(ExportFormat.AnkiTsv)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
        notes.Length.ShouldBe(ids.Count);
        notes.ShouldAllBe(note => note.Split('\t', StringSplitOptions.None).Length == 3);
    }
}
