using Backprop.Domain.Training;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>The plans of a step, run one after another: the only one, or one for each micro-batch and then the update.</summary>
internal sealed class StepSequence : IDisposable
{
    private readonly Trainer trainer;
    private readonly LoopMemory memory;
    private readonly BatchReader reader;
    private readonly Dictionary<int, StepRun> batches;
    private readonly StepRun? update;
    private readonly FiniteDifferenceGradients? differences;
    private StepRun last;

    public StepSequence(Trainer trainer, LoopMemory memory)
    {
        (this.trainer, this.memory) = (trainer, memory);
        reader = new BatchReader(trainer.Training.Data, trainer.Training.Batches);
        batches = trainer.Plans.Batches.ToDictionary(plan => plan.Key, plan => new StepRun(plan.Value, trainer.Executor));
        update = trainer.Plans.Update is { } plan ? new StepRun(plan, trainer.Executor) : null;
        last = update ?? batches.Values.First();
        GradientOptions gradients = trainer.Definition.Gradients;
        differences = gradients.Method == GradientMethod.FiniteDifferences ? new FiniteDifferenceGradients(gradients.Epsilon) : null;
    }

    /// <summary>The loss of the last step: the mean over its micro-batches.</summary>
    public double Loss { get; private set; }

    /// <summary>The norm of all gradients of the last step together, before clipping.</summary>
    public double GradientNorm => last.Number(StepRole.GradientNorm);

    /// <summary>Runs a step; the results are in the memory that is to become the current one.</summary>
    public void Run(long step, CancellationToken cancellationToken)
    {
        memory.Begin();
        (int first, int count) = trainer.Training.Batches.Of(step);
        double sum = 0;
        for (int batch = first; batch < first + count; batch++)
        {
            StepRun run = Prepare(step, batch);
            if (differences is null)
            {
                run.Run(memory.Step, cancellationToken);
            }
            else
            {
                differences.Add(run, memory.Step, 1.0 / trainer.Definition.Batches.AccumulationSteps, cancellationToken);
            }

            sum += run.Number(StepRole.Loss);
            last = run;
            if (update is not null)
            {
                memory.Accumulate();
            }
        }

        Loss = sum / count;
        if (update is not null)
        {
            update.Run(memory.Step, cancellationToken);
            last = update;
        }
    }

    /// <summary>The first value of the last step that is not finite.</summary>
    public NonFinite? Trace(long step, CancellationToken cancellationToken)
    {
        memory.Begin();
        (int first, int count) = trainer.Training.Batches.Of(step);
        for (int batch = first; batch < first + count; batch++)
        {
            if (Prepare(step, batch).Trace(memory.Step, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What is recorded of the last step.</summary>
    public StepMetrics Metrics(long step, double learningRate) =>
        new(step + 1, trainer.Training.Batches.EpochOf(step) + 1, Loss, GradientNorm, learningRate)
        {
            ClippedNorm = IsClipping ? last.Number(StepRole.ClippedNorm) : null,
            Parameters = trainer.Definition.Record.Parameters ? ParameterMetrics() : null,
        };

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        foreach (StepRun run in batches.Values)
        {
            run.Dispose();
        }

        update?.Dispose();
    }

    private bool IsClipping => trainer.Definition.Gradients is { ClipNorm: not null } or { ClipValue: not null };

    private StepRun Prepare(long step, int batch)
    {
        StepRun run = batches[trainer.Training.Batches.Positions(batch).Count];
        long epoch = trainer.Training.Batches.EpochOf(step);
        memory.Step.Data = reader.Read(epoch, batch);
        run.Draws.Draw(trainer.Definition.Batches.Seed, (epoch * trainer.Training.Batches.PerEpoch) + batch);
        memory.Step.Draws = run.Draws.Tensors;
        return run;
    }

    private Dictionary<string, ParameterMetrics> ParameterMetrics() => trainer.Parameters.Index().ToDictionary(
        parameter => parameter.Item,
        parameter =>
        {
            double norm = last.Number(StepRole.ParameterNorm, parameter.Index);
            double change = last.Number(StepRole.UpdateNorm, parameter.Index);
            return new ParameterMetrics(norm, last.Number(StepRole.ParameterGradientNorm, parameter.Index), change == 0 ? 0 : change / norm);
        },
        StringComparer.Ordinal);
}
