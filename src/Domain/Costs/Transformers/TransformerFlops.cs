namespace Backprop.Domain.Costs.Transformers;

/// <summary>
/// FLOPs of one token's forward pass through the matrix products of a transformer, two for each multiply-add; the embedding is a look-up and costs
/// none.
/// </summary>
/// <param name="Projections">Queries, keys, values and output of attention, all layers.</param>
/// <param name="Scores">QKᵀ and its product with the values, all layers.</param>
/// <param name="FeedForward">Dense layers and the experts to which a token is routed.</param>
/// <param name="Router">Routers.</param>
/// <param name="Logits">The output layer.</param>
/// <param name="Count">How the scores are counted.</param>
public sealed record TransformerFlops(double Projections, double Scores, double FeedForward, double Router, double Logits, AttentionCount Count)
{
    /// <summary>The forward pass of a token.</summary>
    public double Forward => Projections + Scores + FeedForward + Router + Logits;

    /// <summary>The backward pass of a token: each product with a matrix becomes two.</summary>
    public double Backward => (2 * (Projections + FeedForward + Router + Logits)) + (Count.BackwardFactor() * Scores);

    /// <summary>Both.</summary>
    public double Training => Forward + Backward;

    /// <summary>The forward pass of the blocks, without the output layer.</summary>
    public double Blocks => Forward - Logits;

    /// <summary>The forward FLOPs of a part.</summary>
    public double Of(TransformerPart part) => part switch
    {
        TransformerPart.AttentionProjections => Projections,
        TransformerPart.AttentionScores => Scores,
        TransformerPart.FeedForward => FeedForward,
        TransformerPart.Router => Router,
        _ => Logits,
    };

    /// <summary>The ratio of the backward pass of a part to its forward pass.</summary>
    public double BackwardFactor(TransformerPart part) => part == TransformerPart.AttentionScores ? Count.BackwardFactor() : 2;

    /// <summary>Counts one token: F = 2[L(hq + 2hk + qh + (2|3)·h·f·topk) + hV] + 4·L·q·s̄.</summary>
    /// <param name="model">The configuration.</param>
    /// <param name="sequence">Tokens of a sequence.</param>
    /// <param name="count">How the scores are counted.</param>
    public static TransformerFlops PerToken(TransformerConfiguration model, long sequence, AttentionCount count)
    {
        WeightMatrix[] matrices = [.. WeightMatrix.Of(model)];
        return new TransformerFlops(
            Projections: Products(matrices, TransformerPart.AttentionProjections),
            Scores: 2 * ((double)model.QueryWidth + model.AttendedWidth) * Spans(model, sequence, count),
            FeedForward: Products(matrices, TransformerPart.FeedForward),
            Router: Products(matrices, TransformerPart.Router),
            Logits: Products(matrices, TransformerPart.Logits),
            count);
    }

    /// <summary>The tokens that one attends to, summed over the layers: L·s̄, fewer in layers with a window.</summary>
    public static double Spans(TransformerConfiguration model, long sequence, AttentionCount count)
    {
        double windowed = model.SlidingWindow > 0 ? model.SlidingLayers : 0;
        return (windowed * count.Span(sequence, model.SlidingWindow)) + ((model.Layers - windowed) * count.Span(sequence, 0));
    }

    private static double Products(WeightMatrix[] matrices, TransformerPart part) =>
        2 * (double)matrices.Where(matrix => matrix.Part == part).Aggregate((Int128)0, (sum, matrix) => sum + matrix.Met);
}
