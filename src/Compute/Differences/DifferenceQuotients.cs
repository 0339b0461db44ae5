using Backprop.Domain.Graphs;

namespace Backprop.Compute.Differences;

/// <summary>A derivative estimated by difference quotients.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Error">The estimated error; infinite or NaN if quotients say nothing.</param>
internal readonly record struct DifferenceQuotient(double Value, double Error);

/// <summary>
/// Difference quotients with respect to single elements of inputs. Unless a step is given, it is that of <see cref="DifferenceSteps"/>.
/// </summary>
/// <param name="differences">Evaluates the function.</param>
/// <param name="request">How differences are taken.</param>
/// <param name="dtype">The element type of the function's value.</param>
/// <param name="affordable">The most evaluations.</param>
internal sealed class DifferenceQuotients(FiniteDifferences differences, CheckRequest request, DType dtype, long affordable)
{
    // Ridders' table: ever shorter steps, and higher orders in them.
    private const int Rows = 10;
    private const double Shortening = 2;
    private const double LongestStep = 0.125;

    // An estimated error is not a bound.
    private const double Doubt = 8;

    /// <summary>Evaluates what all quotients share.</summary>
    public void Begin()
    {
        if (request.Method == DifferenceFormula.Forward)
        {
            differences.Evaluate();
        }
    }

    /// <summary>The quotient with respect to one element.</summary>
    public double At((int Input, int Element) at)
    {
        bool isForward = request.Method == DifferenceFormula.Forward;
        (DType type, double x) = (differences.Point.TypeOf(at), differences.Point.Get(at));
        double step = request.Epsilon ?? (isForward ? DifferenceSteps.Forward(type, x) : DifferenceSteps.Central(type, x));
        return isForward ? differences.Forward(at, step) : differences.Central(at, step);
    }

    /// <summary>
    /// The derivative with respect to one element, as exactly as differences give it: extrapolated from steps of several lengths, relative to 1 and
    /// to the element. The shorter ones decide unless rounding makes them too coarse. With a given step, the quotient for it and the rounding error
    /// it may have. Source: Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4 (1982).
    /// </summary>
    /// <param name="at">The element.</param>
    /// <param name="first">The first quotient; it stays if no more evaluations are allowed.</param>
    public DifferenceQuotient Examined((int Input, int Element) at, double first)
    {
        if (differences.Evaluations + (4 * Rows) > affordable)
        {
            return new DifferenceQuotient(first, 0);
        }

        double x = Math.Abs(differences.Point.Get(at)), size = differences.Magnitude;
        if (request.Epsilon is { } step)
        {
            return new DifferenceQuotient(first, Rounding * size / step);
        }

        DifferenceQuotient near = Extrapolated(at, LongestStep * (x == 0 ? 1 : Math.Min(1, x)), size);
        if (x is 0 or 1 || near.Error <= request.AbsoluteTolerance + (request.RelativeTolerance * Math.Abs(near.Value)))
        {
            return near;
        }

        DifferenceQuotient far = Extrapolated(at, LongestStep * Math.Max(1, x), size);
        bool isContradiction = Math.Abs(near.Value - far.Value) > near.Error + far.Error;
        return isContradiction ? near with { Error = double.PositiveInfinity } : far.Error < near.Error ? far : near;
    }

    private double Rounding => DifferenceSteps.Epsilon(dtype);


    private DifferenceQuotient Extrapolated((int Input, int Element) at, double step, double size)
    {
        var best = new DifferenceQuotient(double.NaN, double.PositiveInfinity);
        double[] above = [];
        for (int row = 0; row < Rows; row++, step /= Shortening)
        {
            var current = new double[row + 1];
            current[0] = differences.Central(at, step);
            for (int order = 1; order <= row; order++)
            {
                double power = Math.Pow(Shortening, 2 * order);
                current[order] = ((power * current[order - 1]) - above[order - 1]) / (power - 1);
                double error = Math.Max(Math.Abs(current[order] - current[order - 1]), Math.Abs(current[order] - above[order - 1]));
                error = (error * Doubt) + (Rounding * size / step);
                if (error < best.Error)
                {
                    best = new DifferenceQuotient(current[order], error);
                }
            }

            above = current;
        }

        return best;
    }
}
