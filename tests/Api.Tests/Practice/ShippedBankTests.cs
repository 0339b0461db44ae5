using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>The shipped questions, over HTTP.</summary>
public sealed partial class ShippedBankTests(ApiFixture api) : IClassFixture<ApiFixture>
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
        QuestionFacets facets = await api.Api.CountQuestionsAsync(kind: [QuestionKind.Interview]);
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

    // Only with its formula and its values can a question about a graph be answered outside the service.
    [Fact]
    public async Task A_graph_is_in_every_export_with_its_values()
    {
        XElement[] quiz = [.. XDocument.Parse(await api.Api.ExportQuestionsAsync(ExportFormat.MoodleXml)).Root!.Elements("question")];
        string[] gift = (await api.Api.ExportQuestionsAsync(ExportFormat.Gift)).Split("\n\n");
        string[] notes = (await api.Api.ExportQuestionsAsync(ExportFormat.AnkiTsv)).Split('\n');
        XElement[] pictured = [.. quiz.Where(question => question.Descendants("file").Any())];
        int valued = 0;
        foreach (XElement question in pictured)
        {
            string id = question.Element("idnumber")!.Value;
            string text = question.Element("questiontext")!.Element("text")!.Value;
            (string formula, string values) = (Formula().Match(text).Groups["formula"].Value, Values().Match(text).Groups["values"].Value);
            formula.ShouldNotBeEmpty(id);
            text.ShouldContain("@@PLUGINFILE@@/graph.svg");
            XElement svg = XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(question.Descendants("file").Single().Value))).Root!;
            valued += values.Length > 0 ? 1 : 0;
            foreach (string input in values.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(value => value[..value.IndexOf(' ')]))
            {
                svg.Value.ShouldContain(input, customMessage: id);
            }

            if (values.Length == 0)
            {
                continue;
            }

            Unescaped(gift.Single(entry => entry.StartsWith($"// [id:{id}]", StringComparison.Ordinal))).ShouldContain($"with {values}", customMessage: id);
            notes.ShouldContain(note => note.Contains($"with {values}", StringComparison.Ordinal) && note.Contains("data:image/svg+xml;base64,", StringComparison.Ordinal), id);
        }

        valued.ShouldBeGreaterThan(15);

        // Whatever says that a graph is shown has one.
        quiz.Where(question => question.Element("questiontext")?.Value.Contains("shown", StringComparison.Ordinal) == true)
            .Except(pictured).Select(question => question.Element("idnumber")!.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exercise_is_in_every_export_with_its_program_and_its_answer()
    {
        XElement[] quiz = [.. XDocument.Parse(await api.Api.ExportQuestionsAsync(ExportFormat.MoodleXml)).Root!.Elements("question")];
        string[] gift = (await api.Api.ExportQuestionsAsync(ExportFormat.Gift)).Split("\n\n");
        string[] notes = [.. (await api.Api.ExportQuestionsAsync(ExportFormat.AnkiTsv)).Split('\n').Select(System.Net.WebUtility.HtmlDecode).OfType<string>()];
        QuestionContract[] exercises = [.. (await api.Api.ExportQuestionsAsync()).Questions.Where(question => question.Derivation is not null || question.Debugging is not null)];
        exercises.Length.ShouldBeGreaterThanOrEqualTo(9);
        foreach (QuestionContract exercise in exercises)
        {
            XElement question = quiz.Single(entry => entry.Element("idnumber")?.Value == exercise.Id);
            question.Attribute("type")!.Value.ShouldBe("essay");
            string text = System.Net.WebUtility.HtmlDecode(question.Element("questiontext")!.Element("text")!.Value);
            string grading = System.Net.WebUtility.HtmlDecode(question.Element("graderinfo")!.Element("text")!.Value);
            string plain = Unescaped(gift.Single(entry => entry.StartsWith($"// [id:{exercise.Id}]", StringComparison.Ordinal)).Replace("\\n", "\n", StringComparison.Ordinal));
            IEnumerable<string> asked = exercise.Derivation is { } derivation
                ? [.. derivation.Forward.Split('\n'), .. derivation.Inputs.Keys, .. derivation.Asked.Select(gradient => gradient.Name), .. derivation.Cotangents?.Values ?? []]
                : [.. exercise.Debugging!.Code, .. exercise.Debugging.Inputs.Keys, .. exercise.Debugging.Results.Keys];
            IEnumerable<string> answers = exercise.Derivation?.Asked.SelectMany(gradient => gradient.Expression.Split('\n')) ?? [$"Line {exercise.Debugging!.Line}", exercise.Debugging.Correct];
            notes.ShouldContain(note => asked.Concat(answers).All(part => note.Contains(part, StringComparison.Ordinal)), exercise.Id);
            asked.ShouldAllBe(part => text.Contains(part, StringComparison.Ordinal) && plain.Contains(part, StringComparison.Ordinal), exercise.Id);
            answers.ShouldAllBe(part => grading.Contains(part, StringComparison.Ordinal) && plain.Contains(part, StringComparison.Ordinal), exercise.Id);
            answers.ShouldAllBe(part => !text.Contains($"\n{part}\n", StringComparison.Ordinal), exercise.Id);
        }
    }

    private static string Unescaped(string gift) => gift.Replace("\\", string.Empty, StringComparison.Ordinal);

    [GeneratedRegex("<pre><code>(?<formula>[^<]+)</code></pre>")]
    private static partial Regex Formula();

    [GeneratedRegex("<p>with (?<values>[^<]+)</p>")]
    private static partial Regex Values();
}
