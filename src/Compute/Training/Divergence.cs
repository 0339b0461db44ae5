using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>Where a run diverged.</summary>
internal static class Divergence
{
    /// <summary>The end of a run whose loss or gradient is not finite in a step.</summary>
    public static TrainingOutcome Of(Trainer trainer, LoopMemory memory, StepSequence sequence, long step, CancellationToken cancellationToken)
    {
        NonFinite? found = OfUpdate(trainer, memory, step) ?? sequence.Trace(step, cancellationToken);
        string reason = found is { } made ? made.Reason
            : double.IsFinite(sequence.Loss) ? "the norm of the gradients is not finite" : "the loss is not finite";
        return new TrainingOutcome(TrainingEnd.Diverged, $"step {step + 1}: {reason}", found?.Node);
    }

    // A learning rate that is too large shows one step later.
    private static NonFinite? OfUpdate(Trainer trainer, LoopMemory memory, long step)
    {
        for (int i = 0; i < trainer.Parameters.Count; i++)
        {
            if (!NonFiniteValues.IsFinite(memory.Parameters.Current[i]))
            {
                string name = trainer.Parameters[i];
                string dtype = memory.Parameters.Current[i].DType.Label();
                return new NonFinite(name, $"the update of step {step} made the parameter '{name}' too large for {dtype}");
            }
        }

        return null;
    }
}
