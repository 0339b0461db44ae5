using System.Text.Json;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Practice;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>Maps quizzes to rows and back.</summary>
internal static class QuizRows
{
    public static StoredQuiz Of(Quiz quiz, string owner)
    {
        List<StoredQuizItem> items = [.. quiz.Items.Select(item => Of(item))];
        return new StoredQuiz
        {
            Id = quiz.Id,
            LearnerId = quiz.Learner,
            Owner = owner,
            Bytes = items.Sum(item => (long)item.Variant.Length),
            Seed = quiz.Seed,
            CreatedAt = quiz.CreatedAt,
            ExpiresAt = quiz.ExpiresAt,
            Hidden = quiz.Hidden,
            Count = items.Count,
            Items = items,
        };
    }

    public static Quiz Read(StoredQuiz row) =>
        new(row.Id, row.Seed, row.CreatedAt, row.ExpiresAt, [.. row.Items.OrderBy(item => item.Number).Select(Read)])
        {
            Learner = row.LearnerId,
            FinishedAt = row.FinishedAt,
            Hidden = row.Hidden,
        };

    public static QuizEntry Read(StoredQuizItem row) => new(row.Number, row.Version, QuestionJson.Read(row.Variant), Answer(row))
    {
        Practises = row.Practises,
        AnotherOf = row.AnotherOf,
        Tries = row.Tries,
        Earlier = [.. row.Earlier.OrderBy(earlier => earlier.Try).Select(Answer)],
    };

    /// <summary>The item as the answer with a key left it; null if it has no such answer.</summary>
    public static QuizEntry? ReadKeyed(StoredQuizItem row, string key)
    {
        QuizEntry item = Read(row);
        return row.IdempotencyKey == key ? item
            : row.Earlier.Find(earlier => earlier.IdempotencyKey == key) is { } keyed
                ? item with { Earlier = [.. item.Earlier.Take(keyed.Try - 1)], Answer = item.Earlier[keyed.Try - 1] }
                : null;
    }

    public static string Write(SubmittedAnswer answer) =>
        answer.Names is { } names
            ? JsonSerializer.Serialize(new OrderedDictionary<string, string>(names.Zip(answer.Texts, KeyValuePair.Create)))
        : answer.IsList ? JsonSerializer.Serialize(answer.Texts)
        : JsonSerializer.Serialize(answer.Texts[0]);

    public static StoredQuizItem Of(QuizEntry item, long quiz = 0) => new()
    {
        Quiz = quiz,
        Number = item.Number,
        QuestionId = item.Variant.Id,
        Version = item.Version,
        Topic = item.Variant.Topic,
        Difficulty = item.Variant.Difficulty,
        Variant = QuestionJson.Write(item.Variant),
        Practises = item.Practises,
        AnotherOf = item.AnotherOf,
        Tries = item.Tries,
    };

    private static GradedAnswer? Answer(StoredQuizItem row) => row.AnsweredAt is { } at
        ? new GradedAnswer(Answer(row.Answer!), new Graded(row.Score!.Value, row.Feedback!), at)
        {
            MentionedFacts = row.Named?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
        }
        : null;

    private static GradedAnswer Answer(StoredQuizTry row) => new(Answer(row.Answer), new Graded(row.Score, row.Feedback), row.AnsweredAt);

    private static SubmittedAnswer Answer(string json) =>
        json[0] switch
        {
            '[' => new SubmittedAnswer(JsonSerializer.Deserialize<string[]>(json)!, IsList: true),
            '{' => Named(JsonSerializer.Deserialize<OrderedDictionary<string, string>>(json)!),
            _ => JsonSerializer.Deserialize<string>(json)!,
        };

    private static SubmittedAnswer Named(OrderedDictionary<string, string> texts) => new([.. texts.Values]) { Names = [.. texts.Keys] };
}
