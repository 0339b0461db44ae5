using System.Diagnostics;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Differences;

/// <summary>How finite differences are taken.</summary>
public enum DifferenceFormula
{
    /// <summary>(f(x+ε) − f(x))/ε: n+1 evaluations, an error of order ε.</summary>
    Forward,

    /// <summary>(f(x+ε) − f(x−ε))/2ε: 2n evaluations, an error of order ε².</summary>
    Central,
}

/// <summary>The options of a gradient check.</summary>
/// <param name="Wrt">The inputs, or null for all float ones.</param>
/// <param name="Output">The output, or null for the only one.</param>
/// <param name="Method">Forward or central.</param>
/// <param name="Epsilon">The step, or null to choose one from the element and its type.</param>
/// <param name="RelativeTolerance">Allowed in addition to the absolute tolerance, as a fraction of the numeric value.</param>
/// <param name="AbsoluteTolerance">Allowed in any case.</param>
public sealed record CheckRequest(
    IReadOnlyList<string>? Wrt, string? Output, DifferenceFormula Method, double? Epsilon, double RelativeTolerance, double AbsoluteTolerance);

/// <summary>One element of a gradient, computed both ways.</summary>
/// <param name="Input">The input.</param>
/// <param name="Index">The multi-index of the element.</param>
/// <param name="Analytic">By backpropagation.</param>
/// <param name="Numeric">By finite differences.</param>
public sealed record CheckedElement(string Input, int[] Index, double Analytic, double Numeric);

/// <summary>The result of a gradient check.</summary>
/// <param name="Passed">Whether every element agrees, apart from those that differences cannot judge.</param>
/// <param name="Undetermined">The number of elements that differences cannot judge.</param>
/// <param name="MaxAbsoluteError">The largest |a−n|.</param>
/// <param name="MaxRelativeError">The largest |a−n|/max(|a|,|n|).</param>
/// <param name="Worst">The element that exceeds its tolerance most, or null if there are no elements.</param>
/// <param name="Evaluations">How often the graph was run for the differences.</param>
/// <param name="BackpropMs">The time of one gradient.</param>
/// <param name="FiniteDifferenceMs">The time of all evaluations.</param>
/// <param name="Warnings">Where non-finite values came from.</param>
/// <param name="Timing">Where the time went.</param>
public sealed record CheckReport(
    bool Passed,
    long Undetermined,
    double MaxAbsoluteError,
    double MaxRelativeError,
    CheckedElement? Worst,
    long Evaluations,
    double BackpropMs,
    double FiniteDifferenceMs,
    IReadOnlyList<NumericWarning> Warnings,
    Timing Timing);

/// <summary>Compares gradients with actually computed finite differences, and times both (torch.autograd.gradcheck).</summary>
public sealed class GradientCheck(DerivativeEngine engine)
{
    /// <summary>Runs the check.</summary>
    /// <exception cref="GraphException">The graph or a value does not fit, or the output has several elements.</exception>
    /// <exception cref="LimitException">The evaluations together would exceed a limit.</exception>
    public CheckReport Run(ComputationRequest submission, CheckRequest request, CancellationToken cancellationToken)
    {
        if (submission.Batch.Count > 0)
        {
            throw new GraphException("batch", "a gradient check is for one point");
        }

        DerivativeQuery query = Queries.Gradient(request.Wrt, request.Output, null, null);
        Execution first = engine.Run(submission, query, cancellationToken);
        Execution gradient = engine.Run(submission, query, cancellationToken);
        string output = ElementSelection.Output(submission.Definition, request.Output);
        (CompiledQuery value, Tensor[] inputs, double compileMs) = engine.Prepare(submission, Queries.Value(output), cancellationToken);
        KeyedTensor[] gradients = [.. gradient.WithRole(ResultRole.Gradient)];
        long elements = gradients.Sum(g => (long)g.Value.Count);
        long evaluations = request.Method == DifferenceFormula.Forward ? elements + 1 : 2 * elements;
        engine.RequireAffordable(value, evaluations);

        var point = new MovedInputs(submission.Definition, [.. gradients.Select(g => g.Key.Name)], inputs);
        var differences = new FiniteDifferences(engine, value, point, null, cancellationToken);
        var quotients = new DifferenceQuotients(differences, request, value.Graph.Outputs[0].Node.DType, engine.AffordableRuns(value));
        var tally = new CheckCounter(request);
        long start = Stopwatch.GetTimestamp();
        quotients.Begin();
        for (int input = 0; input < gradients.Length; input++)
        {
            (ResultKey key, Tensor analytic) = gradients[input];
            for (int i = 0; i < analytic.Count; i++)
            {
                (int, int) at = (input, i);
                double quotient = quotients.At(at);
                tally.Add(key.Name, analytic, i, quotient, () => quotients.Examined(at, quotient));
            }
        }

        double finiteMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new CheckReport(
            tally.Passed, tally.Undetermined, tally.MaxAbsolute, tally.MaxRelative, tally.Worst, differences.Evaluations, gradient.Timing.RunMs,
                finiteMs, gradient.Warnings,
            new Timing(first.Timing.CompileMs + compileMs, gradient.Timing.RunMs + finiteMs));
    }

    private sealed class CheckCounter(CheckRequest request)
    {
        private double furthest = double.NegativeInfinity;

        public bool Passed { get; private set; } = true;

        public long Undetermined { get; private set; }

        public double MaxAbsolute { get; private set; }

        public double MaxRelative { get; private set; }

        public CheckedElement? Worst { get; private set; }

        // The accuracy of the quotients is examined only if the first one disagrees.
        public void Add(string input, Tensor gradient, int position, double numeric, Func<DifferenceQuotient> examine)
        {
            double analytic = gradient[position];
            if (!(Math.Abs(analytic - numeric) <= Allowed(numeric)))
            {
                DifferenceQuotient examined = examine();
                numeric = examined.Value;
                bool isClose = Math.Abs(analytic - numeric) <= Allowed(numeric);
                bool isVague = !isClose && double.IsFinite(analytic) && !(Math.Abs(analytic - numeric) > Allowed(numeric) + examined.Error);
                Undetermined += isVague ? 1 : 0;
                Passed &= isClose || isVague;
            }

            double error = Math.Abs(analytic - numeric);
            double scale = Math.Max(Math.Abs(analytic), Math.Abs(numeric));
            double allowed = Allowed(numeric);
            MaxAbsolute = Math.Max(MaxAbsolute, error);
            MaxRelative = Math.Max(MaxRelative, error == 0 ? 0 : error / scale);
            double distance = double.IsNaN(error) ? double.PositiveInfinity : allowed == 0 ? error : error / allowed;
            if (distance > furthest)
            {
                furthest = distance;
                Worst = new CheckedElement(input, gradient.Shape.IndexOf(position), analytic, numeric);
            }
        }

        private double Allowed(double numeric) => request.AbsoluteTolerance + (request.RelativeTolerance * Math.Abs(numeric));
    }
}
