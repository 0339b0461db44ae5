using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>A lower and an upper end.</summary>
/// <param name="Lower">The lower one.</param>
/// <param name="Upper">The upper one.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Both scaled.</summary>
    public static Interval operator *(Interval interval, double factor) => new(interval.Lower * factor, interval.Upper * factor);

    /// <summary>The sums of the ends.</summary>
    public static Interval operator +(Interval a, Interval b) => new(a.Lower + b.Lower, a.Upper + b.Upper);
}

/// <summary>One operator on the roofline, all passes, on one device.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Work">FLOPs and bytes.</param>
/// <param name="Seconds">At the ceiling, and at typical utilisation.</param>
/// <param name="IsComputeBound">Whether its bound at the ceiling is arithmetic rather than memory.</param>
public sealed record OperatorDuration(string Name, Traffic Work, Interval Seconds, bool IsComputeBound);

/// <summary>Seconds of one step.</summary>
/// <param name="Step">The total.</param>
/// <param name="Forward">The forward pass.</param>
/// <param name="Backward">The backward pass.</param>
/// <param name="Recomputed">The recomputation.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Communication">Bytes sent per device.</param>
/// <param name="LinkBytesPerSecond">The bandwidth at which they are sent.</param>
/// <param name="Bubble">The ratio of the pipeline's idle time to its ideal time, (p−1)/(v·m) (Narayanan et al. 2021, §2.2).</param>
/// <param name="Operators">The operators, slowest first.</param>
public sealed record StepDuration(
    Interval Step, Interval Forward, Interval Backward, Interval Recomputed, Interval Optimizer,
    CommunicationNeed Communication, double LinkBytesPerSecond, double Bubble, IReadOnlyList<OperatorDuration> Operators)
{
    /// <summary>
    /// The lower end: Σ max(FLOPs/(peak·ceiling), bytes/bandwidth) over the operators, plus the bubble, with computation and communication fully
    /// overlapped. The upper end: matrix products at a utilization of 0.35, the low end of large training runs, plus the bubble, with no overlap of
    /// communication; and at least the model's FLOPs at 0.35 of the peak.
    /// </summary>
    public static StepDuration Of(StepSetup setup, HardwareProfile hardware)
    {
        var roofline = new Roofline(hardware, setup.Multiplied);
        (Interval forward, Interval backward, Interval again, IReadOnlyList<OperatorDuration> operators) = Passes(setup, roofline);
        ParallelLayout layout = setup.Layout;
        double bubble = (layout.Pipeline - 1.0) / ((double)layout.Chunks * setup.MicroBatches);
        Interval optimizer = Update(setup, roofline);
        var sent = CommunicationNeed.Of(setup);
        double link = hardware.LinkBytesPerSecond;
        double sending = sent.Total > 0 ? sent.Total / link : 0;
        Interval computing = ((forward + backward + again) * (1 + bubble)) + optimizer;
        double typical = StepWork.Of(setup).Model / (layout.Devices * roofline.Peak * Roofline.LowUtilization);
        double upper = Math.Max(computing.Upper + sending, typical);
        return new StepDuration(
            new Interval(Math.Max(computing.Lower, sending), upper), forward, backward, again, optimizer, sent, link, bubble, operators);
    }

    private static (Interval Forward, Interval Backward, Interval Again, IReadOnlyList<OperatorDuration> Operators) Passes(StepSetup setup,
        Roofline roofline)
    {
        var durations = new List<OperatorDuration>();
        (Interval forward, Interval backward, Interval again) = (default, default, default);
        foreach (OperatorWork op in OperatorsOf(setup))
        {
            double share = 1.0 / setup.Layout.Devices;
            Traffic repeated = op.Forward * RepeatedShare(setup, op);
            (Interval f, Interval b, Interval r) = (roofline.Seconds(op, op.Forward * share), roofline.Seconds(op, op.Backward * share),
                roofline.Seconds(op, repeated * share));
            (forward, backward, again) = (forward + f, backward + b, again + r);
            durations.Add(new OperatorDuration(op.Name, (op.Forward + op.Backward + repeated) * share, f + b + r,
                roofline.IsComputeBound(op, op.Forward + op.Backward)));
        }

        return (forward, backward, again, [.. durations.OrderByDescending(op => op.Seconds.Lower)]);
    }

    private static IReadOnlyList<OperatorWork> OperatorsOf(StepSetup setup)
    {
        if (setup.Model.Configuration is { } model)
        {
            return TransformerOperators.Of(setup, model);
        }

        double passes = (double)setup.Layout.Data * setup.MicroBatches;
        var forward = new Traffic(2 * (double)setup.Model.Active * setup.Tokens, passes * (double)setup.Model.Parameters * setup.StoredBytes);
        return [new OperatorWork("parameters", true, forward, forward * 2, true)];
    }

    private static double RepeatedShare(StepSetup setup, OperatorWork op)
    {
        bool isScores = op.Name is "softmax" || op.Name == StepWork.Text(TransformerPart.AttentionScores);
        if (setup.Model.Configuration is not { } model)
        {
            return setup.Policy is ActivationPolicy.Full or ActivationPolicy.Sqrt ? 1 : 0;
        }

        return setup.Policy switch
        {
            ActivationPolicy.Selective => isScores && !setup.FlashAttention ? 1 : 0,
            ActivationPolicy.Full or ActivationPolicy.Sqrt => op.InBlocks
                ? StepWork.RepeatedBlocks(setup.Policy, (double)model.Layers / setup.Layout.Pipeline) : 0,
            _ => 0,
        };
    }

    // Reads gradients and state, writes state and weights; only of its share if the state is split.
    private static Interval Update(StepSetup setup, Roofline roofline)
    {
        if (setup.Optimizer == OptimizerMethod.None)
        {
            return default;
        }

        MemoryNeed whole = MemoryNeed.Of(setup with { Layout = setup.Layout with { ZeroStage = 0 } });
        double master = setup.MasterWeights ? 2 * whole.MasterWeights : whole.Parameters;
        double share = setup.Layout.ZeroStage >= 1 ? 1.0 / setup.Layout.Data : 1;
        var work = new Traffic(
            setup.Optimizer.Flops(setup.Model) / (setup.Layout.Tensor * (double)setup.Layout.Pipeline),
            whole.Gradients + whole.Parameters + master + (2 * whole.Moments));
        return roofline.Seconds(new OperatorWork("optimizer", setup.Optimizer == OptimizerMethod.Muon, work, default, false), work * share);
    }
}
