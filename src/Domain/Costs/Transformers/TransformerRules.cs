namespace Backprop.Domain.Costs.Transformers;

/// <summary>The rules that a configuration must satisfy. The bounds keep every product of counts within 128 bits.</summary>
public static class TransformerRules
{
    /// <summary>The most parameters of a model.</summary>
    public const long MostParameters = 1_000_000_000_000_000_000;

    /// <summary>The most of any other count.</summary>
    public const long MostOfAnything = 1_000_000_000;

    private const long MostLayers = 1_000_000;
    private const long MostNormsPerLayer = 8;

    /// <summary>All violations: the member, named as on the wire, and the reason.</summary>
    public static IEnumerable<(string Path, string Message)> Broken(TransformerConfiguration model)
    {
        (string Path, string Message)[] outside = [.. Bounds(model).Where(bound => bound.Value < bound.Least || bound.Value > bound.Most)
            .Select(bound => (bound.Path, $"{Last(bound.Path)} is {bound.Value}; it must be between {bound.Least} and {bound.Most}."))];
        if (outside.Length > 0)
        {
            return outside;
        }

        return Relations(model).Where(relation => !relation.Holds).Select(relation => (relation.Path, relation.Message));
    }

    private static IEnumerable<(string Path, long Value, long Least, long Most)> Bounds(TransformerConfiguration model)
    {
        yield return ("layers", model.Layers, 1, MostLayers);
        yield return ("hidden", model.Hidden, 1, MostOfAnything);
        yield return ("heads", model.Heads, 1, MostOfAnything);
        yield return ("kvHeads", model.KeyValueHeads, 1, MostOfAnything);
        yield return ("headDimension", model.HeadDimension, 1, MostOfAnything);
        yield return ("feedForward", model.FeedForward, 1, MostOfAnything);
        yield return ("vocabulary", model.Vocabulary, 1, MostOfAnything);
        yield return ("context", model.Context, 1, MostOfAnything);
        yield return ("positions", model.Positions, 0, MostOfAnything);
        yield return ("normsPerLayer", model.NormsPerLayer, 0, MostNormsPerLayer);
        yield return ("slidingWindow", model.SlidingWindow, 0, MostOfAnything);
        yield return ("slidingLayers", model.SlidingLayers, 0, MostLayers);
        if (model.Experts is { } mixture)
        {
            yield return ("experts.count", mixture.Count, 1, MostOfAnything);
            yield return ("experts.active", mixture.Active, 1, MostOfAnything);
            yield return ("experts.shared", mixture.Shared, 0, MostOfAnything);
            yield return ("experts.denseLayers", mixture.DenseLayers, 0, MostLayers);
            yield return ("experts.denseFeedForward", mixture.DenseFeedForward, 1, MostOfAnything);
        }

        if (model.Latent is { } latent)
        {
            yield return ("latentAttention.queryRank", latent.QueryRank, 0, MostOfAnything);
            yield return ("latentAttention.keyValueRank", latent.KeyValueRank, 1, MostOfAnything);
            yield return ("latentAttention.contentDimension", latent.ContentDimension, 1, MostOfAnything);
            yield return ("latentAttention.rotaryDimension", latent.RotaryDimension, 0, MostOfAnything);
            yield return ("latentAttention.valueDimension", latent.ValueDimension, 1, MostOfAnything);
        }
    }

    private static IEnumerable<(bool Holds, string Path, string Message)> Relations(TransformerConfiguration model)
    {
        yield return (model.Heads % model.KeyValueHeads == 0, "kvHeads",
            $"{model.KeyValueHeads} key and value heads do not divide {model.Heads} heads.");
        yield return (model.SlidingLayers <= model.Layers, "slidingLayers",
            $"{model.SlidingLayers} layers have a window, but there are {model.Layers}.");
        yield return (model.Experts is null || model.Experts.Active <= model.Experts.Count, "experts.active",
            $"A token cannot be routed to {model.Experts?.Active} of {model.Experts?.Count} experts.");
        yield return (model.Experts is null || model.Experts.DenseLayers <= model.Layers, "experts.denseLayers",
            $"{model.Experts?.DenseLayers} layers are dense, but there are {model.Layers}.");
        yield return (model.Latent is null || (model.Bias == BiasScope.None && !model.QueryKeyNorm), "latentAttention",
            "Latent attention has no biases and no norms of queries and keys other than its own.");
        Int128 parameters = ParameterCount.Of(model).Total;
        yield return (parameters <= MostParameters, "", $"That are {parameters} parameters; at most {MostParameters} are priced.");
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];
}
