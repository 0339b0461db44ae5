using System.Security.Cryptography;
using Backprop.Domain.Training.Runs;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>Maps runs to rows and back.</summary>
internal static class TrainingRunRows
{
    public static StoredTrainingRun Of(NewTrainingRun added, string owner) => new()
    {
        Id = added.Run.Id,
        LearnerId = added.Run.Learner,
        Owner = owner,
        Bytes = added.Bytes,
        CreatedAt = added.Run.CreatedAt,
        IdempotencyKey = added.Key,
        RequestHash = SHA256.HashData(added.Request),
        State = added.Run.State,
        Steps = added.Run.Steps,
        VectorBits = added.Run.VectorBits,
    };

    public static TrainingRun Read(StoredTrainingRun row) => new(row.Id, row.State, row.Steps, row.CreatedAt)
    {
        Learner = row.LearnerId,
        Pending = row.Pending,
        Step = row.Step,
        MetricStep = row.MetricStep,
        CheckpointStep = row.CheckpointStep,
        Loss = row.LossBits is { } bits ? BitConverter.Int64BitsToDouble(bits) : null,
        StepsPerSecond = row.StepsPerSecond,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Reason = row.Reason,
        Node = row.Node,
        VectorBits = row.VectorBits,
    };

    /// <summary>Writes what a command changes.</summary>
    public static void Apply(this StoredTrainingRun row, TrainingRun run)
    {
        row.State = run.State;
        row.Pending = run.Pending;
        row.FinishedAt = run.FinishedAt;
    }
}
