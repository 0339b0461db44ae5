using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>The service with questions of its own topic in addition to the shipped ones.</summary>
public sealed class PracticeFixture : ApiFixture, IAsyncLifetime
{
    public const string Topic = "made-up-for-tests";

    private static readonly CitationContract Source = new() { Authors = "Baydin, A. G.", Title = "Automatic Differentiation in Machine Learning: a Survey", Year = 2018 };

    public Task InitializeAsync() => Api.ImportQuestionsAsync(new QuestionSetContract
    {
        Topics = [new TopicContract { Id = Topic, Name = "Made up for tests" }],
        Questions =
        [
            Choice("made-choice", Difficulty.Easy, "Acme", "Globex") with { Hints = ["Faint.", "Clear."], Tags = ["quick-check"] },
            Choice("made-select", Difficulty.Medium, "Acme") with
            {
                Kind = QuestionKind.MultiSelect,
                Choices = [Right("zeta"), Right("alpha"), Wrong("mu")],
                Open = null,
            },
            Choice("made-number", Difficulty.Hard) with
            {
                Kind = QuestionKind.Numeric,
                Choices = null,
                Open = null,
                Numeric = new NumericKeyContract { Value = 4321.5, Unit = "ms", Mistakes = [new NumericMistakeContract { Value = 1234.5, Feedback = "mistake-feedback" }] },
            },
            Choice("made-formula", Difficulty.Hard, "Globex") with
            {
                Kind = QuestionKind.Expression,
                Choices = null,
                Open = null,
                Expression = new ExpressionKeyContract { Formula = "9876*x", Variables = [new VariableContract { Name = "x" }] },
            },
            Choice("made-truth", Difficulty.Easy) with { Kind = QuestionKind.TrueFalse, Choices = null, Truth = new TruthKeyContract { Value = true, Feedback = "truth-feedback" } },
            Choice("made-talk", Difficulty.Medium, "Acme", "Globex") with
            {
                Kind = QuestionKind.Interview,
                Choices = null,
                Open = null,
                Interview = new InterviewKeyContract
                {
                    ModelAnswer = "model-answer",
                    Rubric = [new RubricFactContract { Id = "fact", Text = "rubric-fact", Weight = 2 }],
                    FollowUps = ["follow-up"],
                    FollowUpAnswers = ["follow-up-answer"],
                },
            },
        ],
    });

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>A question that can be stored unchanged.</summary>
    public static QuestionContract Choice(string id, Difficulty difficulty = Difficulty.Easy, params string[] companies) => new()
    {
        Id = id,
        Topic = Topic,
        Kind = QuestionKind.MultipleChoice,
        Difficulty = difficulty,
        Title = $"Title of {id}",
        Prompt = $"What about {id.Split('-')[^1]}, or O(n²)?",
        Companies = [.. companies.Select(name => new CompanyTagContract { Name = name, Source = "A made-up list" })],
        Explanation = "the-explanation",
        Citations = [Source],
        Open = true,
        Choices = [Right("zeta"), Wrong("alpha"), Wrong("mu")],
    };

    private static ChoiceContract Right(string text) => new() { Text = text, Correct = true, Feedback = "right-feedback" };

    private static ChoiceContract Wrong(string text) => new() { Text = text, Correct = false, Feedback = "wrong-feedback" };
}
