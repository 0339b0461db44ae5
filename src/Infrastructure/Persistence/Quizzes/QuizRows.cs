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
        List<StoredQuizItem> items = [.. quiz.Items.Select(Of)];
        return new StoredQuiz
        {
            Id = quiz.Id,
            LearnerId = quiz.Learner,
            Owner = owner,
            Bytes = items.Sum(item => (long)item.Variant.Length),
            Seed = quiz.Seed,
            CreatedAt = quiz.CreatedAt,
            ExpiresAt = quiz.ExpiresAt,
            Count = items.Count,
            Items = items,
        };
    }

    public static Quiz Read(StoredQuiz row) =>
        new(row.Id, row.Seed, row.CreatedAt, row.ExpiresAt, [.. row.Items.OrderBy(item => item.Number).Select(Read)])
        {
            Learner = row.LearnerId,
        };

    public static QuizEntry Read(StoredQuizItem row) => new(row.Number, row.Version, QuestionJson.Read(row.Variant), Answer(row));

    public static string Write(SubmittedAnswer answer) =>
        answer.Names is { } names
            ? JsonSerializer.Serialize(new OrderedDictionary<string, string>(names.Zip(answer.Texts, KeyValuePair.Create)))
        : answer.IsList ? JsonSerializer.Serialize(answer.Texts)
        : JsonSerializer.Serialize(answer.Texts[0]);

    private static StoredQuizItem Of(QuizEntry item) => new()
    {
        Number = item.Number,
        QuestionId = item.Variant.Id,
        Version = item.Version,
        Topic = item.Variant.Topic,
        Difficulty = item.Variant.Difficulty,
        Variant = QuestionJson.Write(item.Variant),
    };

    private static GradedAnswer? Answer(StoredQuizItem row) => row.AnsweredAt is { } at
        ? new GradedAnswer(Answer(row.Answer!), new Graded(row.Score!.Value, row.Feedback!), at)
        : null;

    private static SubmittedAnswer Answer(string json) =>
        json[0] switch
        {
            '[' => new SubmittedAnswer(JsonSerializer.Deserialize<string[]>(json)!, IsList: true),
            '{' => Named(JsonSerializer.Deserialize<OrderedDictionary<string, string>>(json)!),
            _ => JsonSerializer.Deserialize<string>(json)!,
        };

    private static SubmittedAnswer Named(OrderedDictionary<string, string> texts) => new([.. texts.Values]) { Names = [.. texts.Keys] };
}
