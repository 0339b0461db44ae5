using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>Nothing reveals a key before its item is graded: every GET route is called and searched for what the database contains.</summary>
public sealed class SecrecyTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    private const int Most = 50;

    // As the service writes.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Shown =
        ["number", "questionId", "version", "kind", "topic", "difficulty", "title", "prompt", "choices", "unit", "tolerance", "variables", "figure", "diagram", "exercise", "companies", "practises", "triesLeft"];

    [Fact]
    public async Task A_fresh_quiz_tells_no_key()
    {
        foreach ((string created, string read, Quiz stored) in await QuizzesAsync())
        {
            foreach (string json in (string[])[created, read])
            {
                JsonObject quiz = JsonNode.Parse(json)!.AsObject();
                quiz.ContainsKey("readNext").ShouldBeFalse();
                foreach ((JsonNode? item, QuizEntry kept) in quiz["items"]!.AsArray().Zip(stored.Items))
                {
                    item!.AsObject().Select(member => member.Key).Except(Shown).ShouldBeEmpty(kept.Variant.Id);
                    ShouldHide(item.ToJsonString(Relaxed), kept.Variant);
                    item.ToJsonString().ShouldNotContain("\"line\":", Case.Sensitive, kept.Variant.Id);
                    ShouldHideNumber(item, kept.Variant);
                }
            }
        }
    }

    [Fact]
    public async Task An_answer_tells_the_key_of_its_own_item_alone()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Count = Most, Seed = 23 });
        Quiz stored = (await StoredAsync(quiz.Id))!;
        for (int number = 1; number < Most; number++)
        {
            HttpResponseMessage unreadable = await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = number, answer = "@@" });
            ShouldHideAll(await unreadable.Content.ReadAsStringAsync(), stored.Items.Skip(number - 1));
            HttpResponseMessage answered = await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = number, answer = Wrong(stored.Items[number - 1].Variant) });
            string told = await answered.Content.ReadAsStringAsync();
            answered.IsSuccessStatusCode.ShouldBeTrue(told);
            JsonNode.Parse(told)!["explanation"]!.GetValue<string>().ShouldBe(stored.Items[number - 1].Variant.Explanation);
            ShouldHideAll(told, stored.Items.Skip(number));
        }

        JsonArray items = JsonNode.Parse(await api.Http.GetStringAsync($"/quizzes/{quiz.Id}"))!["items"]!.AsArray();
        items.Count(item => item!["result"] is not null).ShouldBe(Most - 1);
        ShouldHideAll(items[^1]!.ToJsonString(Relaxed), [stored.Items[^1]]);
    }

    [Fact]
    public async Task The_questions_tell_no_key()
    {
        QuestionSetContract bank = await api.Api.ExportQuestionsAsync();
        string lists = await api.Http.GetStringAsync("/questions/facets") + await api.Http.GetStringAsync("/questions?limit=100") + await api.Http.GetStringAsync("/questions?limit=100&sort=newest");
        foreach (QuestionContract question in bank.Questions)
        {
            string page = await api.Http.GetStringAsync($"/questions/{question.Id}");
            string hints = "";
            for (int hint = 1; hint <= (question.Hints?.Count ?? 0); hint++)
            {
                hints += await api.Http.GetStringAsync($"/questions/{question.Id}/hints/{hint}");
            }

            foreach (string secret in Secrets(question))
            {
                (lists + page + hints).ShouldNotContain(Written(secret), Case.Sensitive, question.Id);
            }

            foreach (string program in (question.Derivation?.Asked.Select(asked => asked.Expression) ?? []).Append(question.Debugging?.Correct ?? "").Where(text => text.Length > 12))
            {
                (lists + page + hints).ShouldNotContain($"\"{Written(program)}\"", Case.Sensitive, question.Id);
            }

            if (question.Kind != QuestionKind.Interview)
            {
                ((int)(await api.Http.GetAsync($"/questions/{question.Id}/answer")).StatusCode).ShouldBe(409);
            }
        }
    }

    [Fact]
    public async Task An_interview_tells_nothing_that_is_not_revealed()
    {
        QuestionSetContract bank = await api.Api.ExportQuestionsAsync();
        foreach (QuestionContract question in bank.Questions.Where(question => question.Kind == QuestionKind.Interview))
        {
            HttpResponseMessage started = await api.Http.PostAsJsonAsync("/interviews", new { questionId = question.Id });
            string told = await started.Content.ReadAsStringAsync();
            string id = JsonNode.Parse(told)!["id"]!.GetValue<string>();
            told += await api.Http.GetStringAsync($"/interviews/{id}");
            foreach (string hint in question.Hints!)
            {
                told.ShouldNotContain(Written(hint));
                told += await (await api.Http.PostAsync($"/interviews/{id}/hints", null)).Content.ReadAsStringAsync() + await api.Http.GetStringAsync($"/interviews/{id}");
                told.ShouldContain(Written(hint));
            }

            foreach (string secret in Secrets(question))
            {
                told.ShouldNotContain(Written(secret), Case.Sensitive, question.Id);
            }

            string revealed = await (await api.Http.PostAsync($"/interviews/{id}/answer", null)).Content.ReadAsStringAsync();
            revealed.ShouldContain(Written(question.Interview!.ModelAnswer));
            foreach (string followUp in question.Interview.FollowUps!.Concat(question.Interview.FollowUpAnswers!))
            {
                revealed.ShouldNotContain(Written(followUp));
            }
        }
    }

    [Fact]
    public async Task An_interview_question_of_a_quiz_tells_nothing_before_its_answer()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = QuestionKind.Interview }, Count = 35, Exercises = 0, Seed = 3 });
        Quiz stored = (await StoredAsync(quiz.Id))!;
        foreach (QuizEntry item in stored.Items)
        {
            string before = await api.Http.GetStringAsync($"/quizzes/{quiz.Id}");
            ShouldHideAll(before, stored.Items.Skip(item.Number - 1));
            HttpResponseMessage early = await api.Http.PutAsJsonAsync($"/quizzes/{quiz.Id}/items/{item.Number}/marks", new { named = Array.Empty<string>() });
            ((int)early.StatusCode).ShouldBe(409);
            HttpResponseMessage unreadable = await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = item.Number, answer = " " });
            ShouldHideAll(await early.Content.ReadAsStringAsync() + await unreadable.Content.ReadAsStringAsync(), stored.Items.Skip(item.Number - 1));
            string told = await (await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = item.Number, answer = "So." })).Content.ReadAsStringAsync();
            told.ShouldContain(Written(item.Variant.Interview!.ModelAnswer));
            item.Variant.Interview.Rubric.ShouldAllBe(fact => told.Contains(Written(fact.Text)));
            item.Variant.Interview.FollowUps.ShouldAllBe(question => !told.Contains(Written(question)), "they follow the marks");
            ShouldHideAll(told, stored.Items.Skip(item.Number));
        }
    }

    [Fact]
    public async Task Between_tries_nothing_tells_the_key()
    {
        var request = new QuizRequest { Count = Most, Seed = 29, Tries = 5, Hide = [QuestionDetail.Title, QuestionDetail.Difficulty] };
        QuizPage quiz = await api.Api.CreateQuizAsync(request);
        Quiz stored = (await StoredAsync(quiz.Id))!;
        foreach (QuizEntry item in stored.Items)
        {
            HttpResponseMessage answered = await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = item.Number, answer = Wrong(item.Variant) });
            JsonObject told = JsonNode.Parse(await answered.Content.ReadAsStringAsync())!.AsObject();
            told["triesLeft"]!.GetValue<int>().ShouldBe(item.Tries - 1);
            (told.ContainsKey("explanation"), told.ContainsKey("expected"), told.ContainsKey("citations"))
                .ShouldBe(item.Tries > 1 ? (false, false, false) : (true, true, true), item.Variant.Id);
        }

        JsonArray items = JsonNode.Parse(await api.Http.GetStringAsync($"/quizzes/{quiz.Id}"))!["items"]!.AsArray();
        foreach ((JsonNode? item, QuizEntry kept) in items.Zip(stored.Items).Where(pair => pair.Second.Tries > 1))
        {
            item!.AsObject().ContainsKey("title").ShouldBeFalse();
            item.AsObject().ContainsKey("difficulty").ShouldBeFalse();
            item["result"]!.AsObject().Select(member => member.Key).Order().ShouldBe(["answer", "answeredAt", "correct", "feedback", "score"]);
            item.ToJsonString(Relaxed).ShouldNotContain(Written(kept.Variant.Explanation));
        }
    }

    // Every gradable question is drawn: several quizzes per topic.
    private async Task<List<(string Created, string Read, Quiz Stored)>> QuizzesAsync()
    {
        var quizzes = new List<(string, string, Quiz)>();
        foreach (FacetCount topic in (await api.Api.CountQuestionsAsync()).Topics)
        {
            for (int seed = 0; seed < 4; seed++)
            {
                HttpResponseMessage response = await api.Http.PostAsJsonAsync("/quizzes", new { filters = new { topic = topic.Value }, seed });
                string created = await response.Content.ReadAsStringAsync();
                string id = JsonNode.Parse(created)!["id"]!.GetValue<string>();
                quizzes.Add((created, await api.Http.GetStringAsync($"/quizzes/{id}"), (await StoredAsync(id))!));
            }
        }

        quizzes.SelectMany(quiz => quiz.Item3.Items).Select(item => item.Variant.Id).Distinct().Count().ShouldBeGreaterThan(60);
        return quizzes;
    }

    private Task<Quiz?> StoredAsync(string id) => api.Services.GetRequiredService<IQuizStore>().FindAsync(id, null, CancellationToken.None);

    private static void ShouldHideAll(string json, IEnumerable<QuizEntry> items)
    {
        foreach (QuizEntry item in items)
        {
            ShouldHide(json, item.Variant);
        }
    }

    private static void ShouldHide(string json, Question variant)
    {
        string[] secrets =
        [
            variant.Explanation,
            .. variant.Interview is { } key ? [key.ModelAnswer, .. key.Rubric.Select(fact => fact.Text).Where(text => text.Length > 12), .. key.FollowUps, .. key.FollowUpAnswers ?? []] : Array.Empty<string>(),
            .. (variant.Choices ?? []).Select(choice => choice.Feedback),
            .. (variant.Numeric?.Mistakes ?? []).Select(mistake => mistake.Feedback),
            .. (variant.Expression?.Mistakes ?? []).Select(mistake => mistake.Feedback),
            .. variant.Truth is { } truth ? [truth.Feedback] : Array.Empty<string>(),
            .. (variant.Derivation?.Asked ?? []).SelectMany(asked => asked.Mistakes).Select(mistake => mistake.Feedback),
            .. (variant.Debugging?.Mistakes ?? []).Select(mistake => mistake.Feedback),
        ];
        foreach (string secret in secrets)
        {
            json.ShouldNotContain(Written(secret), Case.Sensitive, variant.Id);
        }

        foreach (string program in Programs(variant))
        {
            json.ShouldNotContain($"\"{Written(program)}\"", Case.Sensitive, variant.Id);
        }

        if (variant.Expression?.Formula is { } formula && !variant.Prompt.Contains(formula, StringComparison.Ordinal))
        {
            json.ShouldNotContain($"\"{formula}\"", Case.Sensitive, variant.Id);
        }
    }

    // As a whole text: a key may be part of another question's, or of the faulty line. The name of an upstream gradient may be all of it, or a mistake;
    // that is in the exercise.
    private static IEnumerable<string> Programs(Question variant) => (string[])
    [
        .. (variant.Derivation?.Asked ?? []).SelectMany(asked => asked.Mistakes.Select(mistake => mistake.Expression).Append(asked.Expression))
            .Where(text => text.Length > 12),
        .. variant.Debugging is { } key ? [key.Correct] : Array.Empty<string>(),
    ];

    // The number may appear in the picture only if it is a given value or a literal of the graph.
    private static void ShouldHideNumber(JsonNode item, Question variant)
    {
        if (variant is not { Numeric.Value: { } value, Figure: { } figure } || item["diagram"] is not { } diagram)
        {
            return;
        }

        string text = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (!figure.Inputs.Values.Contains(value) && !figure.Expression.Contains(text, StringComparison.Ordinal))
        {
            diagram.GetValue<string>().ShouldNotContain($">{text}<", Case.Sensitive, variant.Id);
        }
    }

    private static IEnumerable<string> Secrets(QuestionContract question)
    {
        IEnumerable<string?> secrets =
        [
            question.Explanation.Split("{{")[0], question.Interview?.ModelAnswer, question.Truth?.Feedback.Split("{{")[0],
            .. question.Choices?.Select(choice => choice.Feedback) ?? [],
            .. question.Numeric?.Mistakes?.Select(mistake => mistake.Feedback) ?? [],
            .. question.Interview?.Rubric.Select(fact => fact.Text) ?? [],
            .. question.Interview?.FollowUps ?? [],
            .. question.Interview?.FollowUpAnswers ?? [],
            .. question.Derivation?.Asked.SelectMany(asked => (asked.Mistakes ?? []).Select(mistake => mistake.Feedback)) ?? [],
            .. question.Debugging?.Mistakes?.Select(mistake => mistake.Feedback) ?? [],
        ];
        return secrets.OfType<string>().Where(secret => secret.Length > 12);
    }

    private static object Wrong(Question variant) => variant.Kind switch
    {
        Domain.Practice.Questions.QuestionFormat.MultipleChoice => variant.Choices!.First(choice => !choice.Correct).Text,
        Domain.Practice.Questions.QuestionFormat.MultiSelect => Array.Empty<string>(),
        Domain.Practice.Questions.QuestionFormat.TrueFalse => !variant.Truth!.Value!.Value,
        Domain.Practice.Questions.QuestionFormat.Derivation => variant.Derivation!.Asked.ToDictionary(asked => asked.Name, _ => "0"),
        Domain.Practice.Questions.QuestionFormat.Debugging => new { line = 1, fix = variant.Debugging!.Code[0] },
        _ => "987654321",
    };

    private static string Written(string text) => JsonEncodedText.Encode(text, Relaxed.Encoder).ToString();
}
