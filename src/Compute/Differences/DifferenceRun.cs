using System.Diagnostics;
using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Differences;

/// <summary>A request to time the finite differences of a graph.</summary>
/// <param name="Wrt">The inputs, or null for all float ones.</param>
/// <param name="Output">The output, or null for the only one.</param>
/// <param name="Scheme">The scheme. For complex steps, real evaluations are run.</param>
/// <param name="Most">The most evaluations to run.</param>
/// <param name="Time">The time to spend on them.</param>
public sealed record DifferenceRunRequest(IReadOnlyList<string>? Wrt, string? Output, DifferenceScheme Scheme, int Most, TimeSpan Time);

/// <summary>What was measured.</summary>
/// <param name="Elements">The elements of the gradient.</param>
/// <param name="DType">The element type of the value.</param>
/// <param name="Evaluations">The evaluations that were run, each with one element moved.</param>
/// <param name="Backprops">The runs of value and gradient.</param>
/// <param name="Value">The value.</param>
/// <param name="GradientNorm">The 2-norm of the gradient.</param>
/// <param name="SampledError">The ratio of the greatest |numeric − analytic| among the moved elements to their greatest |analytic|; null if it was
/// not computed.</param>
public sealed record DifferenceRunReport(
    long Elements, DType DType, Spread Evaluations, Spread Backprops, double Value, double GradientNorm, double? SampledError);

/// <summary>
/// Runs a sample of the evaluations that finite differences would need, and backpropagation for comparison. Elements are moved in place, so an
/// evaluation takes as long as in a real computation of the differences.
/// </summary>
public sealed class DifferenceRun(DerivativeEngine engine)
{
    private const int MostWarmUps = 100;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(250);

    private const int FewestBackprops = 5;
    private const int MostBackprops = 100;

    /// <summary>Runs the sample.</summary>
    /// <exception cref="GraphException">The graph or a value does not fit, or the output has several elements.</exception>
    public DifferenceRunReport Run(ComputationRequest submission, DifferenceRunRequest request, CancellationToken cancellationToken)
    {
        if (submission.Batch.Count > 0)
        {
            throw new GraphException("batch", "finite differences are computed for one point");
        }

        string output = ElementSelection.Output(submission.Definition, request.Output);
        (CompiledQuery<StepFacts> step, Tensor[] stepInputs, _) = engine.Prepare(submission, Step(request, output), cancellationToken);
        (CompiledQuery value, Tensor[] inputs, _) = engine.Prepare(submission, Queries.Value(output), cancellationToken);
        StepFacts facts = step.Metadata;
        if (facts.Elements == 0)
        {
            throw new GraphException("wrt", "no element to differentiate with respect to");
        }

        var point = new MovedInputs(submission.Definition, facts.Wrt, inputs);
        Tensor[] answer = engine.Execute(step, stepInputs, cancellationToken);
        var seconds = new List<double>();
        var sample = new Sample(new FiniteDifferences(engine, value, point, seconds, cancellationToken), request.Scheme, answer);
        sample.Run(request.Most, request.Time, engine.AffordableRuns(value));
        Spread backprops = Backprops(step, stepInputs, request.Time / 4, cancellationToken);
        double norm = Math.Sqrt(answer.Skip(1).Sum(gradient => Enumerable.Range(0, gradient.Count).Sum(i => gradient[i] * gradient[i])));
        double? error = request.Scheme == DifferenceScheme.ComplexStep ? null : sample.Error;
        return new DifferenceRunReport(facts.Elements, answer[0].DType, new Spread(seconds), backprops, answer[0][0], norm, error);
    }

    private static DerivativeQuery<StepFacts> Step(DifferenceRunRequest request, string output) => new(
        $"differences|{TrainingStepQuery.Of(request.Wrt, output).Key}",
        [],
        (bound, cancellationToken) => bound.Output(output).Type.Count == 1
            ? TrainingStepQuery.Transform(bound, request.Wrt, output, cancellationToken)
            : throw new GraphException("output",
                $"the output '{output}' has shape {bound.Output(output).Shape}: finite differences are timed for an output of one element"));

    private Spread Backprops(CompiledQuery step, Tensor[] inputs, TimeSpan time, CancellationToken cancellationToken)
    {
        var samples = new List<double>();
        long start = Stopwatch.GetTimestamp();
        do
        {
            long begin = Stopwatch.GetTimestamp();
            engine.Recycle(engine.Execute(step, inputs, cancellationToken));
            samples.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        while (samples.Count < MostBackprops && (samples.Count < FewestBackprops || Stopwatch.GetElapsedTime(start) < time));
        return new Spread(samples);
    }

    private sealed class Sample(FiniteDifferences differences, DifferenceScheme scheme, Tensor[] answer)
    {
        private const long Stride = 617; // prime

        private double largest;
        private double error;

        /// <summary>The ratio of the greatest error to the greatest derivative.</summary>
        public double Error => largest > 0 ? error / largest : error;

        public void Run(int most, TimeSpan time, long affordable)
        {
            // What is run often is compiled better, as it would be if all of them were run.
            long start = Stopwatch.GetTimestamp();
            differences.Evaluate();
            for (int i = 1; i < MostWarmUps && Stopwatch.GetElapsedTime(start) < time / 10; i++)
            {
                differences.Evaluate();
            }

            long count = Math.Min(differences.Point.Count, most);
            start = Stopwatch.GetTimestamp();
            for (long i = 0; i < affordable && (i == 0 || Stopwatch.GetElapsedTime(start) < (i < count ? time : LeastTime)); i++)
            {
                // Evenly over all, in an order that spreads even the first ones.
                Compare(differences.Point.Spread(i * Stride % count, count));
            }
        }

        private void Compare((int Input, int Element) at)
        {
            double step = differences.Point.Step(at, scheme);
            double numeric = scheme == DifferenceScheme.Central ? differences.Central(at, step) : differences.Forward(at, step);
            double analytic = answer[at.Input + 1][at.Element];
            largest = Math.Max(largest, Math.Abs(analytic));
            error = Math.Max(error, Math.Abs(numeric - analytic));
        }
    }
}
