using Backprop.Domain.Graphs;
using Shouldly;

namespace Backprop.Domain.Tests.Running;

/// <summary>Derivatives by fourth-order central differences: (8·(f(h) − f(−h)) − (f(2h) − f(−2h)))/12h, whose error is f⁽⁵⁾·h⁴/30.</summary>
internal static class Differences
{
    private const double Step = 1e-3;

    /// <summary>
    /// Passes if the comparison with differences passes at one of three steps: where a function of many nodes has a large fifth derivative, the error of
    /// the largest step exceeds any tolerance; a wrong derivative agrees with none of them.
    /// </summary>
    public static void ShouldAgreeAtSomeStep(Action<double> comparison)
    {
        foreach (double step in (double[])[Step, Step / 4])
        {
            try
            {
                comparison(step);
                return;
            }
            catch (ShouldAssertException)
            {
                // Rounding grows as the truncation error shrinks: a smaller step is tried only now.
            }
        }

        comparison(Step / 16);
    }

    /// <summary>The directional derivatives of the results in the given directions; null does not move.</summary>
    public static Tensor[] Along(Func<Tensor[], Tensor[]> function, Tensor[] at, Tensor?[] directions, double step = Step)
    {
        Tensor[] p1 = At(1), m1 = At(-1), p2 = At(2), m2 = At(-2);
        return [.. p1.Select((result, k) => Map(result, i => ((8 * (p1[k][i] - m1[k][i])) - (p2[k][i] - m2[k][i])) / (12 * step)))];

        Tensor[] At(int steps) => function([.. at.Select((x, i) => directions[i] is { } d ? Map(x, j => x[j] + (steps * step * d[j])) : x)]);
    }

    /// <summary>The gradient of the first result, a scalar, with respect to one of the values.</summary>
    public static Tensor Gradient(Func<Tensor[], Tensor[]> function, Tensor[] at, int by, double step = Step) => Map(at[by], i =>
    {
        var directions = new Tensor?[at.Length];
        directions[by] = Map(at[by], j => j == i ? 1 : 0);
        return Along(function, at, directions, step)[0][0];
    });

    public static Tensor Map(Tensor like, Func<int, double> element)
    {
        var values = new double[like.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element(i);
        }

        return Tensor.Of(values, like.Shape);
    }
}
