using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Draws quizzes: the same questions and the same random seed give the same quiz, in every process.</summary>
public static class QuizSampler
{
    /// <summary>The most items that are drawn for a quiz.</summary>
    public const int MaxCount = 50;

    /// <summary>The most items of a quiz with those that were added.</summary>
    public const int MaxItems = 100;

    /// <summary>The size of the largest sample: one of each group, and all that are in none.</summary>
    /// <param name="from">What to choose from.</param>
    public static int Largest(IReadOnlyCollection<QuestionCandidate> from) =>
        from.Count(candidate => candidate.Group is null) + from.Select(candidate => candidate.Group).OfType<string>().Distinct().Count();

    /// <summary>A sample of questions in random order, without repetition and without two of one group.</summary>
    /// <param name="from">What to choose from, in an order that does not depend on where and when it is listed.</param>
    /// <param name="count">How many, at most <see cref="Largest"/>.</param>
    /// <param name="seed">The random seed.</param>
    public static QuestionCandidate[] ChooseApart(IReadOnlyList<QuestionCandidate> from, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Largest(from));
        var groups = new HashSet<string>(StringComparer.Ordinal);
        return [.. Shuffled(from, seed).Where(candidate => candidate.Group is null || groups.Add(candidate.Group)).Take(count)];
    }

    /// <summary>A sample in random order, without repetition.</summary>
    /// <param name="from">What to choose from, in an order that does not depend on where and when it is listed.</param>
    /// <param name="count">How many, at most as many as there are.</param>
    /// <param name="seed">The random seed.</param>
    public static T[] Choose<T>(IReadOnlyList<T> from, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, from.Count);
        return [.. Shuffled(from, seed).Take(count)];
    }

    // As far as it is read.
    private static IEnumerable<T> Shuffled<T>(IReadOnlyList<T> from, long seed)
    {
        SeededGenerator random = SeededGenerator.For(seed, "quiz");

        // The first steps of a shuffle (Fisher and Yates; Knuth, The Art of Computer Programming 2, algorithm P): only moved entries are stored.
        var moved = new Dictionary<int, int>();
        for (int place = 0; place < from.Count; place++)
        {
            int drawn = random.Int(place, from.Count - 1);
            yield return from[moved.GetValueOrDefault(drawn, drawn)];
            moved[drawn] = moved.GetValueOrDefault(place, place);
        }
    }

    /// <summary>A question as a quiz shows it, with its numbers drawn and its choices in random order.</summary>
    /// <param name="question">The question.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="draw">Draws templates.</param>
    public static Question Variant(DrawableQuestion question, long seed, VariantDrawing draw)
    {
        Question variant = question.Draw(seed, draw);
        return variant.Choices is { } choices
            ? variant with { Choices = SeededGenerator.For(seed, $"choices of {variant.Id}").Shuffled(choices) }
            : variant;
    }
}
