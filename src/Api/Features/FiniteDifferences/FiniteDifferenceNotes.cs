using System.Globalization;
using Backprop.Compute.Differences;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>The assumptions behind the times of finite differences.</summary>
internal sealed class FiniteDifferenceNotes
{
    private readonly List<string> assumptions = [];

    /// <summary>All of it.</summary>
    public IReadOnlyList<string> Assumptions => assumptions;

    /// <summary>How the time of an evaluation is computed, unless it is given.</summary>
    public CostOrigin? Evaluation { get; private set; }

    /// <summary>Notes an assumption.</summary>
    public void Assume(string text) => assumptions.Add(text);

    /// <summary>Notes the time of complex arithmetic, if the scheme uses it.</summary>
    public void AssumeComplex(DifferenceScheme scheme)
    {
        if (scheme == DifferenceScheme.ComplexStep)
        {
            Assume("an evaluation in complex arithmetic takes 4 times a real one, as the FLOPs of a product do; 3 with three multiplications " +
                "for four");
        }
    }

    /// <summary>Notes that the time of an evaluation was computed.</summary>
    public void Reckoned(EvaluationTime time, HardwareProfile hardware)
    {
        Evaluation = new CostOrigin(
            "evaluationSeconds",
            string.Create(CultureInfo.InvariantCulture,
                $"max(F / (peak · ceiling), weights / bandwidth), F = {time.Formula} = {time.Flops:G6}, peak = " +
                    $"{hardware.Peak(time.Multiplies):G4} FLOP/s in {time.Multiplies.Text()}, ceiling = {hardware.Ceiling(time.Multiplies):G3}"),
            "Williams, Waterman, Patterson, Roofline, 2009; the device's peak and ceiling from GET /hardware",
            "two FLOPs per multiply-add; dense peak; the lower end of evaluationMs");
        Assume("evaluationSeconds is the lower end: nothing is faster; the upper end has a utilisation of 0.35");
    }

    /// <summary>Notes that the time of an evaluation was measured.</summary>
    public void Measured(DifferenceRunReport run, bool hasHardware)
    {
        Evaluation = new CostOrigin(
            "evaluationSeconds",
            string.Create(CultureInfo.InvariantCulture,
                $"mean of {run.Evaluations.Count} evaluations, each with one element moved = {run.Evaluations.Mean:G5} s, standard deviation " +
                $"{run.Evaluations.Deviation:G3} s"),
            "measured on this server, one element after the other, spread evenly over all");
        Assume("all other evaluations take as long as those that were run");
        if (hasHardware)
        {
            Assume("hardware: not used, the times are this server's");
        }
    }
}
