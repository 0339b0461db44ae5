using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.FiniteDifferences;

/// <summary>What is known of a function whose gradient is computed by finite differences.</summary>
/// <param name="Parameters">The elements of the gradient, n, from 1 to 10¹⁸.</param>
/// <param name="Scheme">The scheme.</param>
/// <param name="Precision">The precision of the values.</param>
/// <param name="EvaluationSeconds">The time of one evaluation.</param>
/// <param name="BackpropSeconds">The time of one forward and one backward pass.</param>
public sealed record DifferenceQuestion(long Parameters, DifferenceScheme Scheme, ComputePrecision Precision, double EvaluationSeconds,
    double BackpropSeconds)
{
    /// <summary>
    /// The question for a function whose passes take known times. Complex arithmetic takes longer (<see cref="DifferenceSchemes.Factor"/>).
    /// </summary>
    /// <param name="parameters">The elements of the gradient.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="precision">The precision of the values.</param>
    /// <param name="forwardMs">The milliseconds of a forward pass in real arithmetic.</param>
    /// <param name="backwardMs">
    /// The milliseconds of a backward pass; null for twice the forward time, as the FLOPs of matrix products are.
    /// </param>
    public static DifferenceQuestion Of(long parameters, DifferenceScheme scheme, ComputePrecision precision, double forwardMs, double? backwardMs) =>
        new(parameters, scheme, precision, forwardMs * scheme.Factor() / 1000, (forwardMs + (backwardMs ?? 2 * forwardMs)) / 1000);

    /// <summary>The magnitude of the value; 1 if it is not known.</summary>
    public double Value { get; init; } = 1;

    /// <summary>The 2-norm of the gradient; 1 if it is not known.</summary>
    public double GradientNorm { get; init; } = 1;
}

/// <summary>The cost and the accuracy of finite differences.</summary>
/// <param name="Evaluations">Evaluations per gradient.</param>
/// <param name="Seconds">Their time.</param>
/// <param name="Speedup">The factor by which backpropagation is faster.</param>
/// <param name="BestRelativeError">The error floor.</param>
/// <param name="BestStep">The step at which it is reached.</param>
/// <param name="Noise">The absolute error of a component at that step: the floor times the value, or times the component if nothing is
/// subtracted.</param>
/// <param name="TypicalComponent">The root mean square of a component, ‖g‖/√n.</param>
/// <param name="NoiseToComponent">The ratio of the noise to the typical component.</param>
public sealed record DifferenceEstimate(
    long Evaluations, double Seconds, double Speedup, double BestRelativeError, double BestStep, double Noise, double TypicalComponent,
        double NoiseToComponent)
{
    /// <summary>A gradient that takes longer is useless for training, which needs thousands of them.</summary>
    public const double LongestSeconds = 86400;

    /// <summary>True if one gradient takes at most a day and most components are above the noise.</summary>
    public bool Feasible => Seconds <= LongestSeconds && NoiseToComponent <= 1;

    /// <summary>Computes the estimate.</summary>
    public static DifferenceEstimate Of(DifferenceQuestion question)
    {
        double roundoff = question.Precision.Roundoff();
        long evaluations = question.Scheme.Evaluations(question.Parameters);
        double seconds = evaluations * question.EvaluationSeconds;
        double floor = question.Scheme.ErrorFloor(roundoff);
        double component = question.GradientNorm / Math.Sqrt(question.Parameters);
        double noise = floor * (question.Scheme == DifferenceScheme.ComplexStep ? component : Math.Abs(question.Value));
        return new DifferenceEstimate(
            evaluations,
            seconds,
            question.BackpropSeconds > 0 ? seconds / question.BackpropSeconds : double.PositiveInfinity,
            floor,
            question.Scheme.BestStep(roundoff),
            noise,
            component,
            noise == 0 ? 0 : noise / component);
    }
}
