using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Units;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Grades numbers. An answer without a unit is in the key's unit; one with a unit is converted, and one that measures something else is wrong. A
/// known mistake gets its own feedback, other wrong answers the factor by which they are off. A number that would be right in a unit that was not
/// written costs nothing: the unit is asked for.
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

    private static Grade Grade(NumericKey key, Quantity quantity)
    {
        double right = key.Value ?? throw new ArgumentException("The key has no value yet.", nameof(key));
        IReadOnlyList<Unit> units = UnitsOf(key);
        double[] values = [.. units.SelectMany(unit => InUnit(quantity, quantity.Meanings, unit))];
        if (values.Length == 0)
        {
            return new Graded(0,
                $"The unit does not fit: {units[0].Dimension} is expected{(key.Unit is null ? string.Empty : $", for example in {key.Unit}")}.");
        }

        if (values.Any(value => key.IsMetBy(right, value)))
        {
            return quantity.Figures < key.SignificantFigures
                ? new Graded(0, $"At least {key.SignificantFigures} significant figures are required.")
                : Graded.Right;
        }

        return key.Mistakes.FirstOrDefault(mistake => values.Any(value => key.IsMetBy(mistake.Value, value))) is { } mistake
            ? new Graded(0, mistake.Feedback)
            : Doubtful(key, right, quantity, units) ?? new Graded(0, NearMiss.Of(values[0], right, units[0].Dimension));
    }

    // A number that would be right in a unit that was not written, or in one whose letters have another case.
    private static Grade? Doubtful(NumericKey key, double right, Quantity quantity, IReadOnlyList<Unit> units)
    {
        if (quantity.Meanings is null)
        {
            bool fits = units.Any(unit => UnitTable.Factors(unit.Dimension).Any(size => key.IsMetBy(right, quantity.Value * (size / unit.Factor))));
            return !fits ? null : new Unreadable(units[0].Dimension == default
                ? "Is that a fraction or a percentage? Write '%' after a percentage."
                : $"In which unit? Write it after the number, for example '{key.Unit}'.");
        }

        IReadOnlyList<Unit> others = UnitReader.ReadInAnyCase(quantity.Unit);
        return units.Any(unit => InUnit(quantity, others, unit).Any(value => key.IsMetBy(right, value)))
            ? new Graded(0, $"The number would be right in another unit: '{quantity.Unit}' is case-sensitive (Gb are gigabits, GB gigabytes; " +
                "Ms are 10^6 s, ms 10^-3 s).")
            : null;
    }

    // A unit may have several meanings: TFLOPS are operations, or operations per second.
    private static IReadOnlyList<Unit> UnitsOf(NumericKey key) => key.Unit is null ? [Unit.One]
        : UnitReader.Read(key.Unit) is { Count: > 0 } units ? units
        : throw new ArgumentException($"'{key.Unit}' is not a unit.", nameof(key));

    private static IEnumerable<double> InUnit(Quantity quantity, IReadOnlyList<Unit>? meanings, Unit unit)
    {
        if (meanings is null)
        {
            // 1/3 for a percentage is a ratio; 33 is 33 %.
            bool isRatio = quantity.IsQuotient && unit.Dimension == default && unit.Factor < 1;
            return [isRatio ? quantity.Value / unit.Factor : quantity.Value];
        }

        // A number word is not a unit: "3 billion" for seconds is 3 billion seconds.
        return
        [
            .. meanings.Where(meaning => meaning.Dimension == unit.Dimension).Select(meaning => quantity.Value * (meaning.Factor / unit.Factor)),
            .. meanings.Where(meaning => meaning.Dimension == default && meaning.Factor > 1).Select(meaning => quantity.Value * meaning.Factor),
        ];
    }
}
