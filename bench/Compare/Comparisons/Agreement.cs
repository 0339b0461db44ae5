using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compare.Comparisons;

/// <summary>Both sides must compute the same numbers, otherwise a comparison is meaningless.</summary>
internal static class Agreement
{
    /// <summary>Compares value and gradients, relative to their greatest elements.</summary>
    /// <exception cref="InvalidDataException">They differ by more than rounding.</exception>
    /// <param name="ours">Our results.</param>
    /// <param name="theirs">The peer's.</param>
    /// <param name="single">The tolerance of float32.</param>
    public static void Require(IReadOnlyList<Tensor> ours, IReadOnlyList<double[]> theirs, double single = 1e-4)
    {
        if (ours.Count != theirs.Count)
        {
            throw new InvalidDataException($"{ours.Count} results against {theirs.Count}");
        }

        for (int i = 0; i < ours.Count; i++)
        {
            Require(ours[i], theirs[i], i, single);
        }
    }

    private static void Require(Tensor ours, double[] theirs, int place, double single)
    {
        if (ours.Count != theirs.Length)
        {
            throw new InvalidDataException($"result {place} has {ours.Count} elements against {theirs.Length}");
        }

        double size = theirs.Max(Math.Abs);
        double tolerance = ours.DType == DType.Float64 ? 1e-10 : single;
        for (int i = 0; i < theirs.Length; i++)
        {
            // Written so that a NaN differs from everything.
            if (!(Math.Abs(ours[i] - theirs[i]) <= tolerance * size))
            {
                throw new InvalidDataException($"result {place} is {ours[i]:R} at {i}, the peer has {theirs[i]:R}");
            }
        }
    }
}
