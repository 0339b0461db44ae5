using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Batches;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>
/// The loss on the validation data: the mean over batches of the size of training, weighted by their examples. Nothing is dropped out.
/// </summary>
internal sealed class ValidationRun : IDisposable
{
    private readonly MiniBatches batches;
    private readonly BatchReader reader;
    private readonly Dictionary<int, StepRun> runs;
    private readonly StepMemory memory = new();

    public ValidationRun(Trainer trainer)
    {
        batches = trainer.Training.ValidationBatches!;
        reader = new BatchReader(trainer.Training.Validation, batches);
        runs = trainer.Plans.Validation.ToDictionary(plan => plan.Key, plan => new StepRun(plan.Value, trainer.Executor));
        memory.Fixed = [.. trainer.Training.Fixed.Select(value => value.Tensor)];
    }

    /// <summary>The loss with these parameters.</summary>
    public double Loss(IReadOnlyList<Tensor> parameters, CancellationToken cancellationToken)
    {
        memory.Parameters = parameters;
        double sum = 0;
        for (int batch = 0; batch < batches.PerEpoch; batch++)
        {
            int count = batches.Positions(batch).Count;
            memory.Data = reader.Read(0, batch);
            runs[count].Run(memory, cancellationToken);
            sum += runs[count].Number(StepRole.Loss) * count;
        }

        return sum / batches.Examples;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        foreach (StepRun run in runs.Values)
        {
            run.Dispose();
        }
    }
}
