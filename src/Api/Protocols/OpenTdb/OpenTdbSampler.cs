using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Practice;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>The filter of a request; null means everything.</summary>
internal sealed record OpenTdbQuery(int Amount, string? Topic, QuestionFormat? Kind, DifficultyLevel? Difficulty);

/// <summary>Draws open questions at random; with a token, none twice.</summary>
/// <param name="questions">The open questions.</param>
internal sealed class OpenTdbSampler(OpenQuestions questions)
{
    // The category numbers that clients accept.
    private const int FirstCategory = 9;
    private const int MostCategories = 24;

    /// <summary>The topics with their numbers; topics beyond the last number have none.</summary>
    public async Task<IReadOnlyList<(int Number, Topic Topic)>> CategoriesAsync(CancellationToken cancellationToken) =>
        [.. (await questions.TopicsAsync(cancellationToken)).Take(MostCategories).Select((topic, index) => (FirstCategory + index, topic))];

    /// <summary>The questions of a query and its response code.</summary>
    public async Task<(int Code, IReadOnlyList<TriviaQuestion> Results)> DrawAsync(
        OpenTdbQuery query, OpenTdbTokens.Session? session, Func<string, string> encode, CancellationToken cancellationToken)
    {
        long[] all = await questions.SequencesAsync(query.Topic, query.Kind, query.Difficulty, cancellationToken);
        if (all.Length < query.Amount)
        {
            return (OpenTdbCode.TooFewQuestions, []);
        }

        if (Pick(all, query.Amount, session) is not { } picked)
        {
            return (OpenTdbCode.TokenExhausted, []);
        }

        Dictionary<string, string> names = (await questions.TopicsAsync(cancellationToken)).ToDictionary(topic => topic.Id, topic => topic.Name);
        return (OpenTdbCode.Success,
            [.. (await questions.FindAsync(picked, cancellationToken))
            .Select(question => Written(question, names.GetValueOrDefault(question.Topic, question.Topic), encode))]);
    }

    private static long[]? Pick(long[] all, int amount, OpenTdbTokens.Session? session)
    {
        if (session is null)
        {
            return Shuffled(all, amount);
        }

        lock (session)
        {
            long[] left = [.. all.Where(sequence => !session.Seen.Contains(sequence))];
            if (left.Length < amount)
            {
                return null;
            }

            long[] picked = Shuffled(left, amount);
            session.Seen.UnionWith(picked);
            return picked;
        }
    }

    private static long[] Shuffled(long[] from, int count)
    {
        Random.Shared.Shuffle(from);
        return from[..count];
    }

    private static TriviaQuestion Written(Question question, string category, Func<string, string> encode)
    {
        string[] right = question.Choices is { } choices ? Texts(choices, true) : [question.Truth!.Value == true ? "True" : "False"];
        string[] wrong = question.Choices is { } others ? Texts(others, false) : [question.Truth!.Value == true ? "False" : "True"];
        return new TriviaQuestion
        {
            Type = encode(question.Kind == QuestionFormat.TrueFalse ? "boolean" : "multiple"),
            Difficulty = encode(question.Difficulty.ToString().ToLowerInvariant()),
            Category = encode(category),
            Question = encode(MarkdownText.Plain(question.Prompt)),
            CorrectAnswer = encode(right[0]),
            IncorrectAnswers = [.. wrong.Select(encode)],
        };
    }

    private static string[] Texts(IReadOnlyList<Choice> choices, bool correct) =>
        [.. choices.Where(choice => choice.Correct == correct).Select(choice => MarkdownText.Plain(choice.Text))];
}
