using Backprop.Client.Practice;

namespace Backprop.Questions;

/// <summary>Synthetic questions from a seed: 20 topics, 20 companies, and words of which the n-th is 1/n as frequent as the first (Zipf).</summary>
internal static class SyntheticQuestions
{
    private const int Vocabulary = 5000;
    private static readonly string[] Syllables = ["ba", "de", "fo", "gri", "ku", "la", "mo", "ne", "pra", "ro", "si", "tu", "ve", "wi", "xa", "ze"];

    public static string Topic(int index) => $"made-up-topic-{index}";

    public static string Company(int index) => $"Company {index}";

    /// <summary>The word of a rank, from 0.</summary>
    public static string Word(int rank) => Syllables[rank % 16] + Syllables[rank / 16 % 16] + Syllables[(rank / 256) % 16] + "t";

    public static QuestionSetContract Questions(int count)
    {
        var random = new Random(1);
        return new QuestionSetContract
        {
            Topics = [.. Enumerable.Range(0, 20).Select(index => new TopicContract { Id = Topic(index), Name = $"Made-up topic {index}" })],
            Questions = [.. Enumerable.Range(0, count).Select(index => Question(index, random))],
        };
    }

    private static QuestionContract Question(int index, Random random)
    {
        int[] companies = random.Next(3) > 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(20)).Distinct()];
        bool isNumber = random.Next(3) == 0;
        return new QuestionContract
        {
            Id = $"made-up-{index}",
            Topic = Topic(random.Next(20)),
            Kind = isNumber ? QuestionKind.Numeric : random.Next(2) == 0 ? QuestionKind.MultipleChoice : QuestionKind.MultiSelect,
            Difficulty = (Difficulty)random.Next(3),
            Title = Text(random, 5),
            Prompt = Text(random, 30) + "?",
            Companies = [.. companies.Select(company => new CompanyTagContract { Name = Company(company), Source = "Made up" })],
            Tags = ["made-up"],
            Explanation = Text(random, 30),
            Citations = [new CitationContract { Authors = "Nobody", Title = "Nothing", Year = 2000 }],
            Numeric = isNumber ? new NumericKeyContract { Value = random.Next(1000) } : null,
            Choices = isNumber ? null : [Choice("one", true), Choice("two", false), Choice("three", false)],
        };
    }

    private static ChoiceContract Choice(string text, bool correct) => new() { Text = text, Correct = correct, Feedback = "Made up." };

    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Word((int)Math.Pow(Vocabulary, random.NextDouble()) - 1)));
}
