using System.Globalization;
using System.Text;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>What determines the reference of an exercise, as text: equal texts have equal references.</summary>
internal static class ExerciseText
{
    /// <summary>Of a derivation; its mistakes and its reference expressions do not matter.</summary>
    public static string Of(DerivationKey key) =>
        $"{key.Forward}\0{Pairs(key.Cotangents)}\0{Pairs(key.Asked.Select(asked => KeyValuePair.Create(asked.Name, asked.Of)))}\0{Points(key)}";

    /// <summary>Of a debugging exercise.</summary>
    public static string Of(DebuggingKey key) => $"{key.With(key.Line, key.Correct)}\0{string.Join('\0', key.Results.Keys)}\0{Points(key)}";

    private static string Points(IExercise exercise)
    {
        var text = new StringBuilder();
        foreach ((string name, DrawnInput input) in exercise.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}[{string.Join(',', input.Shape.Select(Written))}]{input.From}..{input.To}");
            text.Append(input.Below is { } below ? $"<{Written(below)}\0" : "\0");
        }

        foreach (IReadOnlyDictionary<string, int> sizes in exercise.Sizes)
        {
            text.Append(Pairs(sizes)).Append('\0');
        }

        return text.ToString();
    }

    private static string Written(Dimension dimension) => dimension.Symbol ?? dimension.Size.ToString(CultureInfo.InvariantCulture);

    private static string Pairs<T>(IEnumerable<KeyValuePair<string, T>> pairs) => string.Join(';', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
