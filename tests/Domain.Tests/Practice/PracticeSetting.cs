using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Daily;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Grading.Exercises;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Shouldly;

namespace Backprop.Domain.Tests.Practice;

/// <summary>The use cases of practice over a store in memory, five true-or-false questions, an interview question, and a clock that stands.</summary>
internal sealed class PracticeSetting
{
    public const string Client = "198.51.100.1";
    private static readonly StorageQuota Quota = new("items", Many, Many, Many, Many);
    private static readonly QuestionGrader Grader = new(
        new ExpressionGrader(_ => throw new NotSupportedException(), _ => false, (_, _, _) => throw new NotSupportedException()),
        new DerivationGrader((_, _, _) => throw new NotSupportedException(), (_, _, _) => throw new NotSupportedException()),
        new DebuggingGrader((_, _, _) => throw new NotSupportedException(), (_, _, _) => throw new NotSupportedException()));
    private static readonly VariantDrawing Draw = (question, _) => question;

    public PracticeSetting(params Question[] others)
    {
        Store = new MemoryStore([.. Enumerable.Range(1, 5).Select(number => Truth($"truth-{number}")), Truth("open") with { Open = true },
            Interview("talk"), .. others]);
        Quizzes = new QuizService(Store, Store, Store, Draw, Grader, Quota, Clock);
        Interviews = new InterviewService(Store, Store, Store, Quota, Clock);
        Reviews = new ReviewService(Store, Store, Store, Draw, Grader, Clock);
        Daily = new DailyQuestionService(Store, Store, Draw, Grader, Clock);
    }

    public MemoryStore Store { get; }

    public StandingClock Clock { get; } = new();

    public QuizService Quizzes { get; }

    public InterviewService Interviews { get; }

    public ReviewService Reviews { get; }

    public DailyQuestionService Daily { get; }

    private static StorageLimit Many => new("Many", 1000);

    public Task<Quiz> QuizAsync(string? learner = null, int? count = null, TimeSpan? limit = null) =>
        QuizAsync(new QuizOptions(new QuestionFilter(), count, 7, limit), learner);

    public Task<Quiz> QuizAsync(QuizOptions options, string? learner = null) => Quizzes.CreateAsync(options, learner, Client, CancellationToken.None);

    public Task<QuizEntry> AnswerAsync(Quiz quiz, int number, string answer, string? key = null) =>
        Quizzes.AnswerAsync(quiz.Id, quiz.Learner, number, answer, key, CancellationToken.None);

    /// <summary>Requires that work is refused for a reason.</summary>
    public static async Task<PracticeException> RefusedAsync(PracticeError error, Func<Task> work)
    {
        PracticeException refusal = await Should.ThrowAsync<PracticeException>(work);
        refusal.Error.ShouldBe(error, refusal.Message);
        return refusal;
    }

    public static Question Truth(string id) => new()
    {
        Id = id,
        Topic = "topic",
        Kind = QuestionFormat.TrueFalse,
        Difficulty = DifficultyLevel.Easy,
        Title = id,
        Prompt = "Is it so?",
        Explanation = "It is.",
        Truth = new TruthKey("It is.", Value: true),
    };

    /// <summary>A question whose choice <c>c1</c> is the right one of four.</summary>
    public static Question Choice(string id) => Truth(id) with
    {
        Kind = QuestionFormat.MultipleChoice,
        Truth = null,
        Choices = [.. Enumerable.Range(1, 4).Select(number => new Choice($"c{number}", number == 1, "So."))],
    };

    public static Question Interview(string id) => Truth(id) with
    {
        Kind = QuestionFormat.Interview,
        Truth = null,
        Hints = ["Faint.", "Clear."],
        Interview = new InterviewKey("The answer.", [new RubricFact("one", "One.", 1), new RubricFact("two", "Two.", 3)], []),
    };

    /// <summary>A clock that moves only if a test moves it.</summary>
    public sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
