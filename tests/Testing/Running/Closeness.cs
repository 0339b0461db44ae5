using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;

namespace Backprop.Testing.Running;

/// <summary>Elementwise comparison of values: |a − e| ≤ atol + rtol·|e|; NaN equals NaN.</summary>
internal static class Closeness
{
    public static void ShouldBeClose(this Tensor actual, Tensor expected, double rtol, double atol, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        for (int i = 0; i < expected.Count; i++)
        {
            (double a, double e) = (actual[i], expected[i]);
            bool close = a.Equals(e) || a == e || Math.Abs(a - e) <= atol + (rtol * Math.Abs(e));
            if (!close)
            {
                throw new ShouldAssertException($"{what} at [{string.Join(',', expected.Shape.IndexOf(i))}] is {a:R}, expected {e:R}");
            }
        }
    }

    /// <summary>
    /// The same with a tolerance relative to the largest element (or to <paramref name="floor"/>, if that is larger), for values that arise from
    /// cancellation.
    /// </summary>
    public static void ShouldBeCloseInNorm(this Tensor actual, Tensor expected, double rtol, string what, double floor = 1) =>
        actual.ShouldBeClose(expected, 0, rtol * Math.Max(floor, Largest(expected)), what);

    private static double Largest(Tensor tensor) => Enumerable.Range(0, tensor.Count).Select(i => Math.Abs(tensor[i])).Where(double.IsFinite).DefaultIfEmpty().Max();
}
