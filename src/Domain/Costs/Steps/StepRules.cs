using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>The rules that a step must satisfy.</summary>
public static class StepRules
{
    /// <summary>The most devices, sequences or tokens of a sequence.</summary>
    public const long Most = TransformerRules.MostOfAnything;

    /// <summary>
    /// All violations: the member of the request, and the reason. The counts themselves are positive and at most <see cref="Most"/>.
    /// </summary>
    public static IEnumerable<(string Path, string Message)> Broken(StepSetup setup) =>
        Relations(setup).Where(relation => !relation.Holds).Select(relation => (relation.Path, relation.Message));

    private static IEnumerable<(bool Holds, string Path, string Message)> Relations(StepSetup setup)
    {
        ParallelLayout layout = setup.Layout;
        long share = setup.Batch / layout.Data;
        yield return (setup.Batch % layout.Data == 0, "batchSize", $"{setup.Batch} sequences cannot be shared evenly by {layout.Data} replicas.");
        yield return (share > 0 && share % setup.MicroBatch == 0, "microBatchSize",
            $"Micro-batches of {setup.MicroBatch} do not divide the {share} sequences of a replica.");
        yield return (layout.Chunks == 1 || layout.Pipeline > 1, "pipelineChunks", "Chunks need a pipeline of more than one stage.");
        yield return (layout.Chunks == 1 || setup.MicroBatches % layout.Pipeline == 0, "pipelineChunks",
            $"An interleaved pipeline needs a multiple of its {layout.Pipeline} stages in micro-batches, but there are {setup.MicroBatches} " +
                $"(Narayanan et al. 2021, §2.2).");
        if (setup.Model.Configuration is not { } model)
        {
            yield break;
        }

        yield return (model.Heads % layout.Tensor == 0, "tensorParallel", $"{layout.Tensor} devices cannot share {model.Heads} heads evenly.");
        yield return (model.KeyValueHeads % layout.Tensor == 0 || layout.Tensor % model.KeyValueHeads == 0, "tensorParallel",
            $"{layout.Tensor} devices can neither share {model.KeyValueHeads} key and value heads evenly nor hold copies of them evenly.");
        yield return (model.Layers % ((Int128)layout.Pipeline * layout.Chunks) == 0, layout.Chunks > 1 ? "pipelineChunks" : "pipelineParallel",
            $"{model.Layers} layers cannot be shared evenly by {layout.Pipeline} stages{(layout.Chunks > 1 ? $" of {layout.Chunks} chunks" : "")}.");
        yield return (model.Positions == 0 || setup.Sequence <= model.Positions, "sequenceLength",
            $"The model has learned {model.Positions} positions, fewer than {setup.Sequence}.");
    }
}
