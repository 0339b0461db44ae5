using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Synthetic questions of every kind, from a seed.</summary>
internal static class SampleQuestions
{
    public static readonly string[] Topics = ["autodiff", "memory", "optimisers", "precision"];
    public static readonly string[] Companies = ["Acme", "Globex", "Initech", "Umbrella"];
    public static readonly string[] Words = ["gradient", "checkpoint", "momentum", "overflow", "jacobian", "tape", "layer", "softmax", "n²", "O(n)"];

    private static readonly Citation Source = new("Griewank, Walther", "Evaluating Derivatives", 2008, "SIAM");

    public static QuestionSet Many(int count, int seed)
    {
        var random = new Random(seed);
        return new QuestionSet([.. Topics.Select(topic => new Topic(topic, topic.ToUpperInvariant()))], [.. Enumerable.Range(0, count).Select(index => One(index, random))]);
    }

    public static Question One(string id, string prompt = "What is a tape?") => One(0, new Random(0)) with { Id = id, Prompt = prompt, Companies = [] };

    private static Question One(int index, Random random)
    {
        QuestionFormat kind = (QuestionFormat)random.Next(6);
        string[] asked = [.. Companies.Where(_ => random.Next(4) == 0)];
        return new Question
        {
            Id = $"question-{index}",
            Topic = Topics[random.Next(Topics.Length)],
            Kind = kind,
            Difficulty = (DifficultyLevel)random.Next(3),
            Title = Text(random, 3),
            Prompt = Text(random, 12) + "?",
            Companies = [.. asked.Select(name => new CompanyTag(name, "A made-up list"))],
            Tags = random.Next(3) == 0 ? ["trade-off"] : [],
            Hints = random.Next(2) == 0 ? ["Think."] : [],
            Explanation = "Because.",
            Citations = [Source],
            Open = kind is QuestionFormat.MultipleChoice or QuestionFormat.TrueFalse && random.Next(2) == 0,
            Interview = kind == QuestionFormat.Interview ? new InterviewKey("So.", [new RubricFact("fact", "A fact", 2)], ["And then?"]) : null,
            Choices = kind is QuestionFormat.MultipleChoice or QuestionFormat.MultiSelect ? [new Choice("yes", true, "Right."), new Choice("no", false, "Wrong.")] : null,
            Numeric = kind == QuestionFormat.Numeric ? new NumericKey { Value = random.Next(100), Unit = "s" } : null,
            Expression = kind == QuestionFormat.Expression ? new ExpressionKey { Formula = "2*x*y", Variables = [new Variable("x"), new Variable("y", 1, 3)] } : null,
            Truth = kind == QuestionFormat.TrueFalse ? new TruthKey("No.", random.Next(2) == 0) : null,
        };
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 2))]));
}
