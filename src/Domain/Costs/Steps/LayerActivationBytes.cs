using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>
/// Bytes per token that one layer keeps for its backward pass, as counted by Korthikanti et al. 2022 (§4.1): the inputs of norms and products, what
/// activations and softmax need, and one byte for each element of a dropout mask. For a GPT (f = 4h, 16 bits) they are 34h + 5as, as in that paper.
/// </summary>
/// <param name="Replicated">Kept by each of the tensor-parallel devices: inputs of norms and blocks, dropout masks.</param>
/// <param name="Sharded">Split among them: queries, keys, values, and the activations in attention and feed-forward.</param>
/// <param name="Scores">Attention's probabilities (and their dropout), which are also split; quadratic in the sequence.</param>
/// <param name="Input">The input of the layer, from which all of this can be recomputed.</param>
public sealed record LayerActivationBytes(double Replicated, double Sharded, double Scores, double Input)
{
    private const int ProbabilityTensors = 1;
    private const int MaskBytes = 1;

    /// <summary>Bytes per token that a device keeps of the layer without recomputation.</summary>
    public double On(ParallelLayout layout, bool withScores)
    {
        double shared = Sharded + (withScores ? Scores : 0);
        return layout.SequenceParallel ? (Replicated + shared) / layout.Tensor : Replicated + (shared / layout.Tensor);
    }

    /// <summary>Bytes that a device keeps of only the input.</summary>
    public double InputOn(ParallelLayout layout) => layout.SequenceParallel ? Input / layout.Tensor : Input;

    /// <summary>Counts a layer; with a mixture of experts, one of the layers that have it.</summary>
    /// <param name="model">The configuration.</param>
    /// <param name="sequence">Tokens of a sequence, s.</param>
    /// <param name="bytes">Bytes per activation.</param>
    public static LayerActivationBytes Of(TransformerConfiguration model, long sequence, int bytes)
    {
        double hidden = model.Hidden;
        double blockInputs = model.ParallelBlocks ? 1 : 2;
        double masks = model.Dropout ? 2 * MaskBytes * hidden : 0;
        double scores = (double)model.Heads * sequence * ((ProbabilityTensors * bytes) + (model.Dropout ? MaskBytes + bytes : 0));
        return new LayerActivationBytes(
            Replicated: (bytes * hidden * (model.NormsPerLayer + blockInputs)) + masks,
            Sharded: bytes * (Attention(model) + FeedForward(model)),
            Scores: scores,
            Input: bytes * hidden);
    }

    // Queries, keys and values, and the input of the output projection; latent vectors before and after their norm.
    private static double Attention(TransformerConfiguration model)
    {
        double keys = model.Latent is null ? model.KeyWidth : model.QueryWidth;
        double values = model.Latent is null ? model.KeyWidth : model.AttendedWidth;
        double latent = model.Latent is { } ranks ? (2.0 * ranks.QueryRank) + (2.0 * ranks.KeyValueRank) + ranks.RotaryDimension : 0;
        double norms = model.QueryKeyNorm ? model.QueryWidth + keys : 0;
        return model.QueryWidth + keys + values + model.AttendedWidth + latent + norms;
    }

    // The input of the activation, the other factor of a gate, and the input of the second product; each expert has its own copy of its input.
    private static double FeedForward(TransformerConfiguration model)
    {
        double inner = model.Gated ? 3 : 2;
        return model.Experts is not { } mixture || mixture.DenseLayers == model.Layers
            ? inner * model.DenseFeedForward
            : (inner * model.FeedForward * ((double)mixture.Active + mixture.Shared)) + ((double)mixture.Active * model.Hidden);
    }
}
