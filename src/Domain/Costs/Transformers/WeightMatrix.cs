namespace Backprop.Domain.Costs.Transformers;

/// <summary>Matrices of one shape in a transformer, the common basis of the counts of parameters, FLOPs and traffic.</summary>
/// <param name="Part">The part of the model that they belong to.</param>
/// <param name="In">Width of the input.</param>
/// <param name="Out">Width of the output.</param>
/// <param name="Stored">The number in the model; 0 for an output layer that shares the embedding.</param>
/// <param name="Used">The number that a token passes through.</param>
public sealed record WeightMatrix(TransformerPart Part, long In, long Out, Int128 Stored, Int128 Used)
{
    /// <summary>Weights of all stored matrices.</summary>
    public Int128 Weights => Stored * In * Out;

    /// <summary>Weights of the matrices that a token passes through.</summary>
    public Int128 Met => Used * In * Out;

    /// <summary>The matrices of a configuration; the embedding is a look-up and not among them.</summary>
    public static IEnumerable<WeightMatrix> Of(TransformerConfiguration model) => [.. Attention(model), .. FeedForward(model), Output(model)];

    private static IEnumerable<WeightMatrix> Attention(TransformerConfiguration model)
    {
        WeightMatrix Each(long from, long to) => new(TransformerPart.AttentionProjections, from, to, model.Layers, model.Layers);
        if (model.Latent is not { } latent)
        {
            return [Each(model.Hidden, model.QueryWidth), Each(model.Hidden, model.KeyWidth), Each(model.Hidden, model.KeyWidth),
                Each(model.AttendedWidth, model.Hidden)];
        }

        long expanded = model.Heads * (latent.ContentDimension + latent.ValueDimension);
        WeightMatrix[] queries = latent.QueryRank == 0
            ? [Each(model.Hidden, model.QueryWidth)]
            : [Each(model.Hidden, latent.QueryRank), Each(latent.QueryRank, model.QueryWidth)];
        return
        [
            .. queries,
            Each(model.Hidden, latent.KeyValueRank + latent.RotaryDimension),
            Each(latent.KeyValueRank, expanded),
            Each(model.AttendedWidth, model.Hidden),
        ];
    }

    private static IEnumerable<WeightMatrix> FeedForward(TransformerConfiguration model)
    {
        long sparse = model.Layers - model.DenseLayers;
        foreach (WeightMatrix matrix in Layer(model, model.DenseFeedForward, model.DenseLayers, model.DenseLayers))
        {
            yield return matrix;
        }

        if (model.Experts is not { } mixture)
        {
            yield break;
        }

        Int128 stored = (Int128)sparse * (mixture.Count + mixture.Shared);
        Int128 used = (Int128)sparse * (mixture.Active + mixture.Shared);
        foreach (WeightMatrix matrix in Layer(model, model.FeedForward, stored, used))
        {
            yield return matrix;
        }

        yield return new WeightMatrix(TransformerPart.Router, model.Hidden, mixture.Count, sparse, sparse);
    }

    private static IEnumerable<WeightMatrix> Layer(TransformerConfiguration model, long inner, Int128 stored, Int128 used)
    {
        int rising = model.FeedForwardMatrices - 1;
        yield return new WeightMatrix(TransformerPart.FeedForward, model.Hidden, inner, rising * stored, rising * used);
        yield return new WeightMatrix(TransformerPart.FeedForward, inner, model.Hidden, stored, used);
    }

    private static WeightMatrix Output(TransformerConfiguration model) =>
        new(TransformerPart.Logits, model.Hidden, model.Vocabulary, model.Tied ? 0 : 1, 1);
}

/// <summary>A part of a transformer that multiplies matrices.</summary>
public enum TransformerPart
{
    /// <summary>Queries, keys, values and output of attention.</summary>
    AttentionProjections,

    /// <summary>The products of queries with keys, and of scores with values.</summary>
    AttentionScores,

    /// <summary>Dense layers and experts.</summary>
    FeedForward,

    /// <summary>Routers of mixtures.</summary>
    Router,

    /// <summary>The output layer.</summary>
    Logits,
}
