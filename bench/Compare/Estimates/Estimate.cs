using Backprop.Compare.Candidates;
using Backprop.Compute.Calibration;
using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;
using Timing = Backprop.Compare.Comparisons.Timing;

namespace Backprop.Compare.Estimates;

/// <summary>A graph whose training step is predicted and then run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The graph.</param>
/// <param name="Inputs">Its values.</param>
/// <param name="Wrt">What to differentiate with respect to.</param>
/// <param name="Checkpointing">What is recomputed.</param>
internal sealed record Estimate(
    string Name, GraphDefinition Definition, IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyList<string>? Wrt, CheckpointStrategy? Checkpointing = null)
{
    private const double Seconds = 0.25;
    private const int Rounds = 5;

    /// <summary>Predicts from the calibration of the host, then measures.</summary>
    public EstimateRow Run(LocalEngine engine, HostCalibration calibration)
    {
        ComputationRequest submission = LocalEngine.ComputationRequest(Definition, Inputs);
        GraphStepCost cost = new GraphCosts(engine.Inner).Of(submission, new GraphStep(Wrt, null, Checkpointing, null, new Dictionary<string, int>()), CancellationToken.None);
        GraphStepTime time = cost.Time(compiled => calibration.Rates.Of(compiled.Plan));
        var sides = new[] { Queries.Value(Definition.Outputs[0]), TrainingStepQuery.Of(Wrt, null, Checkpointing) }.Select(question => new Side(engine.Inner, submission, question)).ToArray();
        for (int round = 0; round <= Rounds; round++)
        {
            Array.ForEach(sides, side => side.Time(Seconds, isWarmUp: round == 0));
        }

        (double forward, double step, long peak) = (sides[0].Ms, sides[1].Ms, sides[1].PeakBytes);
        return new EstimateRow(
            Name, cost.Price, time.Forward * 1000, forward, Less(time.Step, time.Forward) * 1000, step - forward, time.Step * 1000, step, cost.PeakBytes, peak);
    }

    private static Interval Less(Interval whole, Interval part) => new(whole.Lower - part.Lower, whole.Upper - part.Upper);

    /// <summary>A query whose plan is run repeatedly.</summary>
    private sealed class Side
    {
        private readonly Action run;
        private readonly List<double> medians = [];

        public Side(DerivativeEngine engine, ComputationRequest submission, DerivativeQuery question)
        {
            (CompiledQuery compiled, Tensor[] values, _) = engine.Prepare(submission, question, CancellationToken.None);
            var meter = new MemoryMeter();
            engine.Recycle(engine.Execute(compiled, values, CancellationToken.None, meter));
            PeakBytes = meter.HighestBytes;
            run = () => engine.Recycle(engine.Execute(compiled, values, CancellationToken.None));
        }

        public long PeakBytes { get; }

        public double Ms => Timing.Median(medians);

        public void Time(double seconds, bool isWarmUp)
        {
            double ms = Timing.Of(run, seconds);
            if (!isWarmUp)
            {
                medians.Add(ms);
            }
        }
    }
}

/// <summary>The predicted and measured figures of a step; milliseconds and bytes.</summary>
internal sealed record EstimateRow(
    string Name, StepPrice Price, Interval Forward, double ForwardMs, Interval Backward, double BackwardMs, Interval Step, double StepMs, long Peak, long PeakMeasured)
{
    /// <summary>True if the measured times lie in the intervals and the bytes are the same.</summary>
    public bool Holds => Inside(Forward, ForwardMs) && Inside(Backward, BackwardMs) && Inside(Step, StepMs) && Peak == PeakMeasured;

    private static bool Inside(Interval interval, double value) => value >= interval.Lower && value <= interval.Upper;
}
