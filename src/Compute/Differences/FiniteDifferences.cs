using System.Diagnostics;
using Backprop.Compute.Engine;

namespace Backprop.Compute.Differences;

/// <summary>Evaluates a function at a point and beside it, with one element moved, and divides the differences.</summary>
/// <param name="engine">Evaluates.</param>
/// <param name="value">The function; it has one value of one element.</param>
/// <param name="point">The point. Elements are moved in place, so that an evaluation copies nothing, and moved back.</param>
/// <param name="seconds">Receives the time of each evaluation beside the point, if given.</param>
/// <param name="cancellationToken">Ends the evaluations.</param>
internal sealed class FiniteDifferences(
    DerivativeEngine engine, CompiledQuery value, MovedInputs point, ICollection<double>? seconds, CancellationToken cancellationToken)
{
    /// <summary>The point.</summary>
    public MovedInputs Point => point;

    /// <summary>How often the function has been evaluated.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The value at the point, after <see cref="Evaluate"/>.</summary>
    public double AtPoint { get; private set; }

    /// <summary>The magnitude of the last value, which was evaluated at the point or near it.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Evaluates at the point.</summary>
    public double Evaluate() => AtPoint = Value();

    /// <summary>(f(x+h) − f(x))/h with respect to one element; the value at the point has been evaluated.</summary>
    public double Forward((int Input, int Element) at, double step)
    {
        double x = point.Get(at), above = Beside(at, step, out double to);
        point.Set(at, x);
        return (above - AtPoint) / (to - x);
    }

    /// <summary>(f(x+h) − f(x−h))/2h with respect to one element.</summary>
    public double Central((int Input, int Element) at, double step)
    {
        double x = point.Get(at), above = Beside(at, step, out double to);
        point.Set(at, x);
        double below = Beside(at, -step, out double from);
        point.Set(at, x);
        return (above - below) / (to - from);
    }

    // Differences are divided by the distance of the stored numbers, not by the nominal step.
    private double Beside((int Input, int Element) at, double step, out double moved)
    {
        long begin = Stopwatch.GetTimestamp();
        moved = point.Move(at, step);
        double result = Value();
        seconds?.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        return result;
    }

    private double Value()
    {
        Evaluations++;
        double result = engine.Execute(value, point.Inputs, cancellationToken)[0][0];
        Magnitude = Math.Abs(result);
        return result;
    }
}
