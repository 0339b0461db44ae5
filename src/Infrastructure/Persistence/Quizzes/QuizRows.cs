using System.Text.Json;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Practice;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>Quizzes as rows, and back.</summary>
internal static class QuizRows
{
    public static StoredQuiz Of(Quiz quiz, string? learner) => new()
    {
        Id = quiz.Id,
        LearnerId = learner,
        Seed = quiz.Seed,
        CreatedAt = quiz.CreatedAt,
        ExpiresAt = quiz.ExpiresAt,
        Count = quiz.Items.Count,
        Items = [.. quiz.Items.Select(Of)],
    };

    public static Quiz Read(StoredQuiz row) =>
        new(row.Id, row.Seed, row.CreatedAt, row.ExpiresAt, [.. row.Items.OrderBy(item => item.Number).Select(Read)]);

    public static QuizItem Read(StoredQuizItem row) => new(row.Number, row.Version, QuestionJson.Read(row.Variant), Answer(row));

    public static string Write(SubmittedAnswer answer) =>
        answer.IsList ? JsonSerializer.Serialize(answer.Texts) : JsonSerializer.Serialize(answer.Texts[0]);

    private static StoredQuizItem Of(QuizItem item) => new()
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
        json.StartsWith('[') ? new SubmittedAnswer(JsonSerializer.Deserialize<string[]>(json)!, IsList: true) : JsonSerializer.Deserialize<string>(json)!;
}
