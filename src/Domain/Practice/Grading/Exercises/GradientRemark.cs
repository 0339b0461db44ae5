using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Says what is wrong with a gradient: by the usual mistakes if it is one of them, otherwise by the first element that differs.</summary>
/// <param name="key">The derivation.</param>
/// <param name="reference">The right gradients.</param>
/// <param name="asked">The gradient.</param>
internal sealed class GradientRemark(DerivationKey key, DerivationReference reference, AskedGradient asked)
{
    private const double Near = 1e-3;
    private const double Tiny = 1e-12;
    private const int MostSizes = 5;
    private readonly TensorComparison right = reference.Gradients[asked.Name];

    /// <summary>The feedback on a wrong gradient.</summary>
    /// <param name="yours">The gradient at each point.</param>
    public string Of(IReadOnlyList<Tensor> yours)
    {
        int other = Enumerable.Range(0, yours.Count).FirstOrDefault(i => !yours[i].Shape.Equals(right.Right[i].Shape), -1);
        return other >= 0 ? WrongShape(yours, other) : Transposed(yours) ?? Slip(yours) ?? Scaled(yours) ?? Differing(yours);
    }

    /// <summary>The first element that differs, at the first point where one does; null if the shapes differ.</summary>
    /// <param name="yours">The gradient at each point.</param>
    public EntryDifference? First(IReadOnlyList<Tensor> yours)
    {
        for (int point = 0; point < yours.Count; point++)
        {
            if (!yours[point].Shape.Equals(right.Right[point].Shape))
            {
                return null;
            }

            if (right.Differences(yours[point], point) is [int element, ..])
            {
                return new EntryDifference(reference.Points[point].Point.Sizes, yours[point].Shape.IndexOf(element), yours[point][element],
                    right.Right[point][element]);
            }
        }

        return null;
    }

    private string WrongShape(IReadOnlyList<Tensor> yours, int point)
    {
        Shape expected = right.Right[point].Shape;
        string what = $"It has shape {yours[point].Shape}, but the gradient of {asked.Of} has the shape of {asked.Of}, {expected} "
            + $"({reference.Points[point].Point})";
        return All(yours, (tensor, _) => TensorMoves.Transposed(tensor)) ? $"{what}: it is transposed."
            : All(yours, (tensor, i) => tensor.Count == right.Right[i].Count ? tensor.Reshaped(right.Right[i].Shape) : null)
                ? $"{what}: the values are right, the axes are not."
            : All(yours, (tensor, i) => TensorMoves.SummedTo(tensor, right.Right[i].Shape))
                ? $"{what}: sum over {TensorMoves.SummedAxes(yours[point].Shape, expected)}, over which {asked.Of} was broadcast."
            : All(yours, (tensor, i) => TensorMoves.BroadcastTo(tensor, right.Right[i].Shape))
                ? $"{what}: the values are right once they are broadcast, but not in shape."
            : $"{what}.";
    }

    private bool All(IReadOnlyList<Tensor> yours, Func<Tensor, int, Tensor?> moved) => Enumerable.Range(0, yours.Count).All(i =>
        moved(yours[i], i) is { } made && made.Shape.Equals(right.Right[i].Shape) && right.Agrees(made, i));

    private string? Transposed(IReadOnlyList<Tensor> yours) =>
        yours.All(tensor => tensor.Shape.Rank >= 2) && All(yours, (tensor, _) => TensorMoves.Transposed(tensor)) ? "It is transposed." : null;

    // Each slip was made at the first point.
    private string? Slip(IReadOnlyList<Tensor> yours)
    {
        if (Enumerable.Range(0, yours[0].Count).All(i => yours[0][i] == 0))
        {
            return null;
        }

        foreach (AskedGradient other in key.Asked.Where(other => other != asked))
        {
            if (reference.Gradients[other.Name].Agrees(yours))
            {
                return $"That is the gradient of {other.Of}; the operands are swapped.";
            }
        }

        // That the sign is wrong says more than which derivative of −1 is missing.
        return IsNegated(yours) ? null : reference.Forgotten
            .FirstOrDefault(step => step.Gradients[asked.Of] is var made && !right.Agrees(made, 0) && new TensorComparison([made]).Agrees([yours[0]]))
            ?.Feedback;
    }

    private bool IsNegated(IReadOnlyList<Tensor> yours) =>
        Enumerable.Range(0, yours.Count).All(i => IsZero(right.Right[i]) || IsSame(Factor(yours[i], i), -1));

    private string? Scaled(IReadOnlyList<Tensor> yours)
    {
        (double Factor, ExercisePoint Point)[] factors =
        [
            .. yours.Select((tensor, i) => (Factor: Factor(tensor, i), reference.Points[i].Point)).Where((_, i) => !IsZero(right.Right[i])),
        ];
        if (factors.Length == 0 || factors.Any(at => !double.IsFinite(at.Factor) || at.Factor == 0))
        {
            return null;
        }

        if (factors.All(at => IsSame(at.Factor, factors[0].Factor)))
        {
            return IsSame(factors[0].Factor, -1) ? "All but the sign is right." : $"Off by the factor {Written(factors[0].Factor)} everywhere.";
        }

        foreach (string[] names in Products([.. key.Sizes[0].Keys.Take(MostSizes)]))
        {
            string product = string.Join("·", names);
            if (factors.All(at => IsSame(at.Factor, Extent(names, at.Point))))
            {
                return $"Off by the factor {product}: a mean divides by it.";
            }

            if (factors.All(at => IsSame(at.Factor, 1 / Extent(names, at.Point))))
            {
                return $"Off by the factor 1/{(names.Length == 1 ? product : $"({product})")}: a sum does not divide.";
            }
        }

        return null;
    }

    // Every selection of one or more names.
    private static IEnumerable<string[]> Products(string[] names) =>
        Enumerable.Range(1, (1 << names.Length) - 1).Select(mask => names.Where((_, i) => ((mask >> i) & 1) == 1).ToArray());

    private static double Extent(string[] names, ExercisePoint point) => names.Aggregate(1.0, (product, name) => product * point.Sizes[name]);

    private static bool IsZero(Tensor tensor) => Enumerable.Range(0, tensor.Count).All(i => Math.Abs(tensor[i]) < Tiny);

    // The number by which the right gradient is multiplied at a point, or NaN if there is none.
    private double Factor(Tensor yours, int point)
    {
        Tensor expected = right.Right[point];
        int largest = Enumerable.Range(0, expected.Count).MaxBy(i => Math.Abs(expected[i]));
        double factor = yours[largest] / expected[largest];
        return double.IsFinite(factor) && new TensorComparison([Times(expected, factor)]).Agrees([yours]) ? factor : double.NaN;
    }

    private static Tensor Times(Tensor tensor, double factor) =>
        Tensor.Of([.. Enumerable.Range(0, tensor.Count).Select(i => factor * tensor[i])], tensor.Shape);

    private static bool IsSame(double some, double other) => Math.Abs(some - other) <= 1e-6 * Math.Abs(other);

    private static string Written(double factor)
    {
        double inverse = Math.Round(1 / factor, 4);
        return Math.Abs(factor) < 1 && inverse == Math.Round(inverse)
            ? string.Create(CultureInfo.InvariantCulture, $"{(factor < 0 ? "-" : string.Empty)}1/{Math.Abs(inverse)}")
            : factor.ToString("G6", CultureInfo.InvariantCulture);
    }

    private string Differing(IReadOnlyList<Tensor> yours)
    {
        EntryDifference first = First(yours)!;
        int point = Enumerable.Range(0, yours.Count).First(i => right.Differences(yours[i], i).Count > 0);
        string count = $"{right.Differences(yours[point], point).Count} of {yours[point].Count} elements differ ({reference.Points[point].Point})";
        string where = first.Index.Count == 0 ? "" : $" at [{string.Join(", ", first.Index)}]";
        string near = right.IsNear(yours, Near) ? " All are close: a small term, such as an ε, is missing or misplaced." : "";
        return $"{count}; the first{where} is {Shown(first.Yours)}, right is {Shown(first.Right)}.{near}";
    }

    private static string Shown(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
