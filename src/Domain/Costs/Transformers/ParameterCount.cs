namespace Backprop.Domain.Costs;

/// <summary>The parameters of a transformer part by part, exact.</summary>
/// <param name="Embedding">Token vectors, V·h.</param>
/// <param name="Positions">Position vectors.</param>
/// <param name="Attention">Projections of attention, biases and the norms inside of it included.</param>
/// <param name="FeedForward">Dense feed-forward layers, and all experts.</param>
/// <param name="Router">Routers of the mixtures.</param>
/// <param name="Norms">Norms of the residual stream.</param>
/// <param name="Output">The output layer, where it has weights of its own.</param>
/// <param name="Idle">Of the experts, those that one token does not go to.</param>
public sealed record ParameterCount(
    Int128 Embedding, Int128 Positions, Int128 Attention, Int128 FeedForward, Int128 Router, Int128 Norms, Int128 Output, Int128 Idle)
{
    /// <summary>All of them.</summary>
    public Int128 Total => Blocks + Embedding + Positions + Output;

    /// <summary>Those that one token uses.</summary>
    public Int128 Active => Total - Idle;

    /// <summary>Those of the blocks, the last norm included.</summary>
    public Int128 Blocks => Attention + FeedForward + Router + Norms;

    /// <summary>Counts the parameters of a configuration.</summary>
    public static ParameterCount Of(TransformerConfiguration model)
    {
        Int128 norm = (Int128)model.Hidden * (model.NormBias ? 2 : 1);
        Int128 expert = FeedForwardLayer(model, model.FeedForward);
        Int128 sparse = model.Layers - model.DenseLayers;
        ExpertMixture? mixture = model.Experts;
        return new ParameterCount(
            Embedding: (Int128)model.Vocabulary * model.Hidden,
            Positions: (Int128)model.Positions * model.Hidden,
            Attention: model.Layers * AttentionLayer(model),
            FeedForward: (model.DenseLayers * FeedForwardLayer(model, model.DenseFeedForward)) + (sparse * expert * ((mixture?.Count ?? 0) + (mixture?.Shared ?? 0))),
            Router: mixture is null ? 0 : sparse * mixture.Count * (model.Hidden + (mixture.RouterBias ? 1 : 0)),
            Norms: norm * (((Int128)model.NormsPerLayer * model.Layers) + 1 + (model.EmbeddingNorm ? 1 : 0)),
            Output: model.Tied ? 0 : (Int128)model.Vocabulary * model.Hidden,
            Idle: mixture is null ? 0 : sparse * expert * (mixture.Count - mixture.Active));
    }

    /// <summary>One layer of attention: hq + 2hk + qh, or the factors of latent attention, with biases and inner norms.</summary>
    public static Int128 AttentionLayer(TransformerConfiguration model)
    {
        Int128 inner = model.QueryKeyNorm ? 2 * (Int128)model.HeadDimension : 0;
        Int128 bias = model.Bias switch
        {
            BiasScope.All => (Int128)model.QueryWidth + (2 * model.KeyWidth) + model.Hidden,
            BiasScope.QueryKeyValue => (Int128)model.QueryWidth + (2 * model.KeyWidth),
            _ => 0,
        };
        return AttentionMatrices(model).Aggregate((all, one) => all + one) + bias + inner + (model.Latent is { } latent ? latent.QueryRank + latent.KeyValueRank : 0);
    }

    /// <summary>The matrices of one layer of attention, in weights.</summary>
    public static Int128[] AttentionMatrices(TransformerConfiguration model)
    {
        Int128 hidden = model.Hidden;
        if (model.Latent is not { } latent)
            return [hidden * model.QueryWidth, hidden * model.KeyWidth, hidden * model.KeyWidth, model.AttendedWidth * hidden];
        Int128 expanded = (Int128)model.Heads * (latent.ContentDimension + latent.ValueDimension);
        return
        [
            latent.QueryRank > 0 ? (hidden * latent.QueryRank) + ((Int128)latent.QueryRank * model.QueryWidth) : hidden * model.QueryWidth,
            hidden * (latent.KeyValueRank + latent.RotaryDimension),
            latent.KeyValueRank * expanded,
            model.AttendedWidth * hidden,
        ];
    }

    private static Int128 FeedForwardLayer(TransformerConfiguration model, long inner)
    {
        Int128 bias = model.Bias == BiasScope.All ? ((model.FeedForwardMatrices - 1) * (Int128)inner) + model.Hidden : 0;
        return (model.FeedForwardMatrices * (Int128)model.Hidden * inner) + bias;
    }
}
