using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Draws quizzes: the same questions and the same random seed give the same quiz, in every process.</summary>
public static class QuizSampler
{
    /// <summary>The most items of a quiz.</summary>
    public const int MaxCount = 50;

    /// <summary>A sample in random order, without repetition.</summary>
    /// <param name="from">What to choose from, in an order that does not depend on where and when it is listed.</param>
    /// <param name="count">How many, at most as many as there are.</param>
    /// <param name="seed">The random seed.</param>
    public static T[] Choose<T>(IReadOnlyList<T> from, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, from.Count);
        SeededGenerator random = SeededGenerator.For(seed, "quiz");

        // The first steps of a shuffle (Fisher and Yates; Knuth, The Art of Computer Programming 2, algorithm P): only moved entries are stored.
        var moved = new Dictionary<int, int>();
        var chosen = new T[count];
        for (int place = 0; place < count; place++)
        {
            int drawn = random.Int(place, from.Count - 1);
            chosen[place] = from[moved.GetValueOrDefault(drawn, drawn)];
            moved[drawn] = moved.GetValueOrDefault(place, place);
        }

        return chosen;
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
