using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Compares a tensor with the right one, point by point.</summary>
/// <param name="right">The right tensor at each point.</param>
internal sealed class TensorComparison(IReadOnlyList<Tensor> right)
{
    // Reordered sums differ in the last bits of their largest terms, which may cancel: far above that, far below the error of a wrong formula.
    private const double Relative = 1e-7;
    private const double OfLargest = 1e-9;
    private const double LeastShare = 0.1;

    private readonly double largest = right.Max(Largest);

    /// <summary>The right tensor at each point.</summary>
    public IReadOnlyList<Tensor> Right => right;

    /// <summary>Whether every right element is 0.</summary>
    public bool IsZero => largest == 0;

    /// <summary>Whether shapes and elements agree at every point.</summary>
    public bool Agrees(IReadOnlyList<Tensor> yours) =>
        Enumerable.Range(0, right.Count).All(point => yours[point].Shape.Equals(right[point].Shape) && Agrees(yours[point], point));

    /// <summary>Whether the elements at a point agree in their row-major order, whatever the shapes.</summary>
    public bool Agrees(Tensor yours, int point) =>
        yours.Count == right[point].Count && Enumerable.Range(0, yours.Count).All(i => Agrees(yours[i], point, i));

    /// <summary>Whether an element agrees. A NaN agrees with nothing.</summary>
    public bool Agrees(double yours, int point, int element) =>
        Math.Abs(yours - right[point][element]) <= Tolerance(point, right[point][element]);

    /// <summary>The elements at a point that differ.</summary>
    public IReadOnlyList<int> Differences(Tensor yours, int point) =>
        [.. Enumerable.Range(0, yours.Count).Where(i => !Agrees(yours[i], point, i))];

    /// <summary>Whether everything agrees up to a small relative error.</summary>
    public bool IsNear(IReadOnlyList<Tensor> yours, double share) => Enumerable.Range(0, right.Count).All(point =>
        Enumerable.Range(0, yours[point].Count).All(i => Math.Abs(yours[point][i] - right[point][i]) <= share * Math.Max(largest * LeastShare,
            Math.Abs(right[point][i]))));

    private double Tolerance(int point, double element) =>
        (Relative * Math.Abs(element)) + (OfLargest * Math.Max(Largest(right[point]), LeastShare * largest));

    private static double Largest(Tensor tensor) => Enumerable.Range(0, tensor.Count).Select(i => Math.Abs(tensor[i])).DefaultIfEmpty(0).Max();
}
