using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Units;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Grades numbers. An answer without a unit is in the key's unit; one with a unit is converted, and one that measures something else is wrong. A
/// known mistake gets its own feedback, other wrong answers the factor by which they are off.
/// </summary>
public static class NumericGrader
{
    /// <summary>Grades an answer.</summary>
    public static Grade Grade(NumericKey key, SubmittedAnswer answer)
    {
        if (answer.Refusal() is { } refusal)
        {
            return refusal;
        }

        if (answer.Single() is not { } text)
        {
            return new Unreadable("One number is expected.");
        }

        (Quantity? quantity, string? reason) = QuantityReader.Read(text);
        return quantity is null ? new Unreadable(reason!) : Grade(key, quantity);
    }

    private static Graded Grade(NumericKey key, Quantity quantity)
    {
        double right = key.Value ?? throw new ArgumentException("The key has no value yet.", nameof(key));
        Unit unit = UnitOf(key);
        if (InUnit(quantity, unit, value => key.IsMetBy(right, value)) is not { } value)
        {
            return new Graded(0,
                $"The unit does not fit: {unit.Dimension} is expected{(key.Unit is null ? string.Empty : $", for example in {key.Unit}")}.");
        }

        if (key.IsMetBy(right, value))
        {
            return quantity.Figures < key.SignificantFigures
                ? new Graded(0, $"At least {key.SignificantFigures} significant figures are required.")
                : Graded.Right;
        }

        NumericMistake? mistake = key.Mistakes.FirstOrDefault(mistake => key.IsMetBy(mistake.Value, value));
        return new Graded(0, mistake?.Feedback ?? NearMiss.Of(value, right, unit.Dimension));
    }

    private static Unit UnitOf(NumericKey key) => key.Unit is null ? Unit.One
        : UnitReader.Read(key.Unit) is [Unit first, ..] ? first
        : throw new ArgumentException($"'{key.Unit}' is not a unit.", nameof(key));

    // If a unit has several meanings, the one that fits the question counts.
    private static double? InUnit(Quantity quantity, Unit unit, Func<double, bool> isRight)
    {
        if (quantity.Meanings is not { } meanings)
        {
            // 1/3 for a percentage is a ratio; 33 is 33 %.
            bool isRatio = quantity.IsQuotient && unit.Dimension == default && unit.Factor < 1;
            return isRatio ? quantity.Value / unit.Factor : quantity.Value;
        }

        // A number word is not a unit: "3 billion" for seconds is 3 billion seconds.
        double[] fitting =
        [
            .. meanings.Where(meaning => meaning.Dimension == unit.Dimension).Select(meaning => quantity.Value * (meaning.Factor / unit.Factor)),
            .. meanings.Where(meaning => meaning.Dimension == default && meaning.Factor > 1).Select(meaning => quantity.Value * meaning.Factor),
        ];
        return fitting.Length == 0 ? null : fitting.Where(isRight).Append(fitting[0]).First();
    }
}
