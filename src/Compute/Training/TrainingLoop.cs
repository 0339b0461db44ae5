using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>A run in progress. Not safe for concurrent use; nearly nothing is allocated per step.</summary>
public sealed class TrainingLoop : IDisposable
{
    private readonly Trainer trainer;
    private readonly TrainingDefinition definition;
    private readonly MemoryReservation reservation;
    private readonly LoopMemory memory;
    private readonly StepSequence sequence;
    private readonly ValidationRun? validation;
    private readonly Monitor monitor;
    private long updates;
    private TrainingOutcome? diverged;

    internal TrainingLoop(Trainer trainer, TrainingState state, MemoryReservation reservation)
    {
        (this.trainer, this.reservation, definition) = (trainer, reservation, trainer.Definition);
        memory = new LoopMemory(trainer, state);
        sequence = new StepSequence(trainer, memory);
        validation = trainer.Plans.Validation.Count == 0 ? null : new ValidationRun(trainer);
        monitor = new Monitor(definition.Stop, state.Best, state.WithoutImprovement);
        Step = state.Step;
        updates = state.Tensors[RunTensors.Updates].Values<long>()[0];
    }

    /// <summary>The number of steps done.</summary>
    public long Step { get; private set; }

    /// <summary>How the run ended; null while there are steps left.</summary>
    public TrainingOutcome? Outcome => diverged ?? monitor.Outcome ?? (Step >= trainer.Steps ? new TrainingOutcome(TrainingEnd.Completed) : null);

    /// <summary>
    /// Does one step. A step whose loss or gradient is not finite leaves parameters and states as they are; the run then ends, or goes on with the
    /// next batch.
    /// </summary>
    /// <returns>What is recorded of it; null if this step is not recorded.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the state is that before the step.</exception>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    /// <exception cref="GraphException">A kernel cannot compute its node for these values.</exception>
    public StepMetrics? Advance(CancellationToken cancellationToken)
    {
        if (Outcome is not null)
        {
            throw new InvalidOperationException("The run has ended.");
        }

        double rate = trainer.Training.Schedule.At(Step);
        (memory.Step.LearningRate.Values<double>()[0], memory.Step.Updates.Values<double>()[0]) = (rate, updates + 1);
        sequence.Run(Step, cancellationToken);
        bool isFinite = double.IsFinite(sequence.Loss) && double.IsFinite(sequence.GradientNorm);
        if (!isFinite && definition.Stop.NonFinite == NonFiniteAction.Fail)
        {
            diverged = Divergence.Of(trainer, memory, sequence, Step, cancellationToken);
            return sequence.Metrics(Step, rate);
        }

        return Finish(rate, isFinite, cancellationToken);
    }

    /// <summary>A copy of the state.</summary>
    public TrainingState Capture() => memory.Capture(Step, updates, monitor);

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        sequence.Dispose();
        validation?.Dispose();
        reservation.Dispose();
    }

    // The validation comes before anything changes that a cancellation could leave half done.
    private StepMetrics? Finish(double rate, bool isFinite, CancellationToken cancellationToken)
    {
        long step = Step + 1;
        bool isLast = step == trainer.Steps, isRecorded = isLast || step % definition.Record.Every == 0;
        bool isValidated = validation is not null && (isLast || step % trainer.Training.ValidationInterval == 0);
        double? validationLoss = isValidated
            ? validation!.Loss(isFinite ? memory.Parameters.Next : memory.Parameters.Current, cancellationToken)
            : null;
        StepMetrics? metrics = isRecorded || isValidated ? sequence.Metrics(Step, rate) with { ValidationLoss = validationLoss } : null;
        if (validation is null && isRecorded && monitor.Observe(sequence.Loss, step))
        {
            memory.Parameters.Keep();
        }

        if (isFinite)
        {
            memory.Commit();
            updates++;
        }

        if (isValidated && monitor.Observe(validationLoss!.Value, step))
        {
            memory.Parameters.Keep();
        }

        Step = step;
        return metrics;
    }
}
