namespace Backprop.Domain.Costs;

/// <summary>FLOPs of one token's forward pass through the matrix products of a transformer, two for each multiply-add; the embedding is a look-up and costs none.</summary>
/// <param name="Projections">Queries, keys, values and output of attention, all layers.</param>
/// <param name="Scores">QKᵀ and its product with the values, all layers.</param>
/// <param name="FeedForward">Dense layers and the experts that a token goes to.</param>
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

    /// <summary>The parts by name: forward and backward.</summary>
    public IEnumerable<(string Name, double Forward, double Backward)> Parts()
    {
        yield return ("attentionProjections", Projections, 2 * Projections);
        yield return ("attentionScores", Scores, Count.BackwardFactor() * Scores);
        yield return ("feedForward", FeedForward, 2 * FeedForward);
        if (Router > 0)
            yield return ("router", Router, 2 * Router);
        yield return ("logits", Logits, 2 * Logits);
    }

    /// <summary>Counts one token: F = 2[L(hq + 2hk + qh + (2|3)·h·f·topk) + hV] + 4·L·q·s̄.</summary>
    /// <param name="model">The configuration.</param>
    /// <param name="sequence">Tokens of a sequence.</param>
    /// <param name="count">How the scores are counted.</param>
    public static TransformerFlops PerToken(TransformerConfiguration model, long sequence, AttentionCount count)
    {
        double layers = model.Layers, hidden = model.Hidden, sparse = model.Layers - model.DenseLayers;
        double experts = model.Experts is { } mixture ? mixture.Active + (double)mixture.Shared : 0;
        double windowed = model.SlidingWindow > 0 ? model.SlidingLayers : 0;
        double spans = (windowed * count.Span(sequence, model.SlidingWindow)) + ((layers - windowed) * count.Span(sequence, 0));
        return new TransformerFlops(
            Projections: 2 * layers * (double)ParameterCount.AttentionMatrices(model).Aggregate((all, one) => all + one),
            Scores: 2 * ((double)model.QueryWidth + model.AttendedWidth) * spans,
            FeedForward: 2 * model.FeedForwardMatrices * hidden * ((model.DenseLayers * (double)model.DenseFeedForward) + (sparse * model.FeedForward * experts)),
            Router: model.Experts is null ? 0 : 2 * sparse * hidden * model.Experts.Count,
            Logits: 2 * hidden * model.Vocabulary,
            count);
    }
}
