namespace Backprop.Domain.Costs.Transformers;

/// <summary>The parameters of a transformer part by part, exact.</summary>
/// <param name="Embedding">Token vectors, V·h.</param>
/// <param name="Positions">Position vectors.</param>
/// <param name="Attention">Projections of attention, including biases and inner norms.</param>
/// <param name="FeedForward">Dense feed-forward layers, and all experts.</param>
/// <param name="Router">Routers of the mixtures.</param>
/// <param name="Norms">Norms of the residual stream.</param>
/// <param name="Output">The output layer, if it has weights of its own.</param>
/// <param name="Idle">Parameters of the experts to which a given token is not routed.</param>
public sealed record ParameterCount(
    Int128 Embedding, Int128 Positions, Int128 Attention, Int128 FeedForward, Int128 Router, Int128 Norms, Int128 Output, Int128 Idle)
{
    /// <summary>All of them.</summary>
    public Int128 Total => Blocks + Embedding + Positions + Output;

    /// <summary>Those that one token uses; all vectors of the embedding count as used.</summary>
    public Int128 Active => Total - Idle;

    /// <summary>Those of the blocks, including the last norm.</summary>
    public Int128 Blocks => Attention + FeedForward + Router + Norms;

    /// <summary>Counts the parameters of a configuration.</summary>
    public static ParameterCount Of(TransformerConfiguration model)
    {
        WeightMatrix[] matrices = [.. WeightMatrix.Of(model)];
        Int128 norm = (Int128)model.Hidden * (model.NormBias ? 2 : 1);
        long sparse = model.Layers - model.DenseLayers;
        return new ParameterCount(
            Embedding: (Int128)model.Vocabulary * model.Hidden,
            Positions: (Int128)model.Positions * model.Hidden,
            Attention: Weights(matrices, TransformerPart.AttentionProjections) + (model.Layers * AttentionVectors(model)),
            FeedForward: Weights(matrices, TransformerPart.FeedForward) + FeedForwardBiases(model),
            Router: Weights(matrices, TransformerPart.Router) + (model.Experts is { RouterBias: true } mixture ? (Int128)sparse * mixture.Count : 0),
            Norms: norm * (((Int128)model.NormsPerLayer * model.Layers) + 1 + (model.EmbeddingNorm ? 1 : 0)),
            Output: Weights(matrices, TransformerPart.Logits),
            Idle: model.Experts is { } experts ? sparse * Expert(model) * (experts.Count - experts.Active) : 0);
    }

    private static Int128 Weights(WeightMatrix[] matrices, TransformerPart part) =>
        matrices.Where(matrix => matrix.Part == part).Aggregate((Int128)0, (sum, matrix) => sum + matrix.Weights);

    // Biases of one layer of attention, the scales of query and key norms, and those of latent vectors.
    private static Int128 AttentionVectors(TransformerConfiguration model)
    {
        Int128 projected = (Int128)model.QueryWidth + (2 * model.KeyWidth);
        Int128 bias = model.Bias switch
        {
            BiasScope.All => projected + model.Hidden,
            BiasScope.Qkv => projected,
            _ => 0,
        };
        return bias + (model.QueryKeyNorm ? 2 * (Int128)model.HeadDimension : 0)
            + (model.Latent is { } latent ? latent.QueryRank + latent.KeyValueRank : 0);
    }

    private static Int128 FeedForwardBiases(TransformerConfiguration model)
    {
        long sparse = model.Layers - model.DenseLayers;
        Int128 experts = model.Experts is { } mixture ? (Int128)sparse * (mixture.Count + mixture.Shared) : 0;
        return (model.DenseLayers * Bias(model, model.DenseFeedForward)) + (experts * Bias(model, model.FeedForward));
    }

    private static Int128 Expert(TransformerConfiguration model) =>
        (model.FeedForwardMatrices * (Int128)model.Hidden * model.FeedForward) + Bias(model, model.FeedForward);

    private static Int128 Bias(TransformerConfiguration model, long inner) =>
        model.Bias == BiasScope.All ? ((model.FeedForwardMatrices - 1) * (Int128)inner) + model.Hidden : 0;
}
