using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>A derivative estimated by difference quotients.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Error">The estimated error; infinite or NaN if quotients say nothing.</param>
internal readonly record struct DifferenceQuotient(double Value, double Error);

/// <summary>
/// Difference quotients with respect to single elements of inputs. Unless a step is given, it is ε^(1/3)·max(1, |x|) for central differences and
/// ε^(1/2)·max(1, |x|) for forward ones, with the type's machine epsilon (Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes", section
/// 5.7).
/// </summary>
internal sealed class DifferenceQuotients(DerivativeEngine engine, CompiledQuery value, CheckRequest request, CancellationToken cancellationToken)
{
    // Ridders' table: ever shorter steps, and higher orders in them.
    private const int Rows = 10;
    private const double Shortening = 2;
    private const double LongestStep = 0.125;

    // An estimated error is not a bound.
    private const double Doubt = 8;

    private double atPoint;

    // Of the last value, which was evaluated near the point.
    private double magnitude;

    /// <summary>How often the function has been evaluated.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Evaluates what all quotients share.</summary>
    public void Begin(Tensor[] inputs) => atPoint = request.Method == DifferenceFormula.Forward ? Value(inputs) : 0;

    /// <summary>The quotient with respect to one element.</summary>
    public double At(Tensor[] inputs, int index, int element)
    {
        bool isForward = request.Method == DifferenceFormula.Forward;
        double epsilon = Machine(inputs[index].DType);
        double step = request.Epsilon ?? ((isForward ? Math.Sqrt(epsilon) : Math.Cbrt(epsilon)) * Math.Max(1, Math.Abs(inputs[index][element])));
        return isForward ? Quotient(inputs, index, element, step, 0) : Quotient(inputs, index, element, step, step);
    }

    /// <summary>
    /// The derivative with respect to one element, as exactly as differences give it: extrapolated from steps of several lengths, relative to 1 and
    /// to the element. The shorter ones decide unless rounding makes them too coarse. With a given step, the quotient for it and the rounding error
    /// it may have. Source: Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4 (1982).
    /// </summary>
    /// <param name="inputs">The point.</param>
    /// <param name="index">Which input.</param>
    /// <param name="element">Which element of it.</param>
    /// <param name="first">The first quotient; it stays if no more evaluations are allowed.</param>
    public DifferenceQuotient Examined(Tensor[] inputs, int index, int element, double first)
    {
        if (Evaluations + (4 * Rows) > engine.AffordableRuns(value))
        {
            return new DifferenceQuotient(first, 0);
        }

        double x = Math.Abs(inputs[index][element]), size = magnitude;
        if (request.Epsilon is { } step)
        {
            return new DifferenceQuotient(first, Rounding * size / step);
        }

        DifferenceQuotient near = Extrapolated(inputs, index, element, LongestStep * (x == 0 ? 1 : Math.Min(1, x)), size);
        if (x is 0 or 1 || near.Error <= request.AbsoluteTolerance + (request.RelativeTolerance * Math.Abs(near.Value)))
        {
            return near;
        }

        DifferenceQuotient far = Extrapolated(inputs, index, element, LongestStep * Math.Max(1, x), size);
        bool isContradiction = Math.Abs(near.Value - far.Value) > near.Error + far.Error;
        return isContradiction ? near with { Error = double.PositiveInfinity } : far.Error < near.Error ? far : near;
    }

    private double Rounding => Machine(value.Graph.Outputs[0].Node.DType);

    private static double Machine(DType dtype) => dtype == DType.Float32 ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;

    private DifferenceQuotient Extrapolated(Tensor[] inputs, int index, int element, double step, double size)
    {
        var best = new DifferenceQuotient(double.NaN, double.PositiveInfinity);
        double[] above = [];
        for (int row = 0; row < Rows; row++, step /= Shortening)
        {
            var current = new double[row + 1];
            current[0] = Quotient(inputs, index, element, step, step);
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

    // Divides by the actual distance of the moved elements, after rounding.
    private double Quotient(Tensor[] inputs, int index, int element, double up, double down)
    {
        (Tensor[] above, double to) = Moved(inputs, index, element, up);
        if (down == 0)
        {
            return (Value(above) - atPoint) / (to - inputs[index][element]);
        }

        (Tensor[] below, double from) = Moved(inputs, index, element, -down);
        return (Value(above) - Value(below)) / (to - from);
    }

    private double Value(Tensor[] inputs)
    {
        Evaluations++;
        double result = engine.Execute(value, inputs, cancellationToken)[0][0];
        magnitude = Math.Abs(result);
        return result;
    }

    private static (Tensor[] Inputs, double At) Moved(Tensor[] inputs, int index, int element, double by)
    {
        var moved = (Tensor[])inputs.Clone();
        if (inputs[index].DType == DType.Float64)
        {
            double[] values = inputs[index].Values<double>().ToArray();
            values[element] += by;
            moved[index] = Tensor.Of(values, inputs[index].Shape);
        }
        else
        {
            float[] values = inputs[index].Values<float>().ToArray();
            values[element] += (float)by;
            moved[index] = Tensor.Of(values, inputs[index].Shape);
        }

        return (moved, moved[index][element]);
    }
}
