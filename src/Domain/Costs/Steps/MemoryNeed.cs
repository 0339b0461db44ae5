using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>Bytes of the device that needs the most: in a pipeline, the first or the last stage.</summary>
/// <param name="Parameters">Weights.</param>
/// <param name="Gradients">Gradients.</param>
/// <param name="MasterWeights">The copy in fp32.</param>
/// <param name="Moments">The optimizer's state.</param>
/// <param name="Stored">Activations kept from the forward pass; null if only a count of parameters is known.</param>
/// <param name="Recomputed">Activations recomputed and held at a time.</param>
/// <param name="Logits">The output layer.</param>
public sealed record MemoryNeed(
    double Parameters, double Gradients, double MasterWeights, double Moments, double? Stored, double Recomputed, double Logits)
{
    /// <summary>Weights, gradients and optimizer: everything that does not depend on the batch.</summary>
    public double States => Parameters + Gradients + MasterWeights + Moments;

    /// <summary>The total.</summary>
    public double Total => States + (Stored ?? 0) + Recomputed + Logits;

    /// <summary>Estimates the memory of a step.</summary>
    public static MemoryNeed Of(StepSetup setup)
    {
        if (setup.Model.Configuration is not { } model)
        {
            return StatesOf(setup, (double)setup.Model.Parameters / (setup.Layout.Tensor * (double)setup.Layout.Pipeline));
        }

        MemoryNeed first = Stage(setup, model, isFirst: true, isLast: setup.Layout.Pipeline == 1);
        if (setup.Layout.Pipeline == 1)
        {
            return first;
        }

        MemoryNeed last = Stage(setup, model, isFirst: false, isLast: true);
        return first.Total >= last.Total ? first : last;
    }

    private static MemoryNeed Stage(StepSetup setup, TransformerConfiguration model, bool isFirst, bool isLast) =>
        StatesOf(setup, StageWeights.Of(model, setup.Layout, isFirst, isLast)) with
        {
            Stored = ActivationNeed.Stored(setup, model, setup.Policy, isFirst),
            Recomputed = ActivationNeed.Recomputed(setup, model),
            Logits = isLast ? ActivationNeed.Output(setup, model) : 0,
        };

    // Without a copy in fp32 the moments have the precision of the weights.
    private static MemoryNeed StatesOf(StepSetup setup, double weights)
    {
        double replicas = setup.Layout.Data, share = weights / (double)setup.Model.Parameters;
        double Split(int stage) => setup.Layout.ZeroStage >= stage ? replicas : 1;
        int full = setup.MasterWeights ? sizeof(float) : setup.StoredBytes;
        return new MemoryNeed(
            Parameters: weights * setup.StoredBytes / Split(3),
            Gradients: weights * setup.GradientBytes / Split(2),
            MasterWeights: setup.MasterWeights ? weights * sizeof(float) / Split(1) : 0,
            Moments: share * setup.Optimizer.StateBytes(setup.Model, full) / Split(1),
            Stored: null,
            Recomputed: 0,
            Logits: 0);
    }
}

/// <summary>The weights that one device of a stage holds.</summary>
public static class StageWeights
{
    /// <summary>
    /// Layers are shared evenly by the stages; the first one has the embedding, too, the last one the output layer, for which it keeps a copy of a
    /// tied embedding. Each is shared by the tensor-parallel devices.
    /// </summary>
    public static double Of(TransformerConfiguration model, ParallelLayout layout, bool isFirst, bool isLast)
    {
        ParameterCount count = ParameterCount.Of(model);
        double weights = (double)count.Blocks / layout.Pipeline;
        if (isFirst)
        {
            weights += (double)(count.Embedding + count.Positions);
        }

        if (isLast)
        {
            weights += (double)(isFirst ? count.Output : count.Embedding);
        }

        return weights / layout.Tensor;
    }
}
