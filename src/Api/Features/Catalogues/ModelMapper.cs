using Backprop.Api.Platform.Problems;
using Backprop.Client.Costs;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Api.Features.Catalogues;

/// <summary>Maps models of the contract to models of the domain, with the defaults that the contract states.</summary>
internal static class ModelMapper
{
    private const long DefaultContext = 2048;

    /// <summary>What is said of an id or alias that no model has.</summary>
    public static string Unknown(string id) =>
        ModelCatalogue.Suggestions.Message("The catalogue has no model", id, "; GET /models lists all of them");

    /// <summary>The model that a request names or describes.</summary>
    /// <param name="choice">The validated choice.</param>
    /// <exception cref="ProblemException">It is not in the catalogue (422 at <c>model</c>).</exception>
    /// <exception cref="CostException">Its configuration is inconsistent.</exception>
    public static ModelProfile Read(ModelChoice choice)
    {
        if (choice.Id is { } id)
        {
            return (ModelCatalogue.Find(id) ?? throw new ProblemException(422, "model", Unknown(id))).Profile;
        }

        ModelDescription described = choice.Described!;
        if (described.Parameters is { } parameters)
        {
            return new ModelProfile(null, (Int128)parameters, (Int128)(described.ActiveParameters ?? parameters), null);
        }

        return ModelProfile.Of(Configuration(described));
    }

    /// <summary>The described configuration.</summary>
    /// <exception cref="CostException">It is inconsistent.</exception>
    public static TransformerConfiguration Configuration(ModelDescription described)
    {
        var model = Complete(described);
        (string Path, string Message)[] broken = [.. Broken(described, model)];
        return broken.Length == 0
            ? model
            : throw new CostException([.. broken.Select(rule => (rule.Path.Length == 0 ? "model" : $"model.{rule.Path}", rule.Message))]);
    }

    private static IEnumerable<(string Path, string Message)> Broken(ModelDescription described, TransformerConfiguration model)
    {
        bool isWhole = described.HeadDimension is not null || described.LatentAttention is not null || model.Hidden % model.Heads == 0;
        if (!isWhole)
        {
            yield return ("headDimension", $"{model.Heads} heads do not divide a width of {model.Hidden} evenly; set headDimension.");
        }

        foreach ((string, string) rule in TransformerRules.Broken(model))
        {
            yield return rule;
        }
    }

    private static TransformerConfiguration Complete(ModelDescription described)
    {
        (long layers, long hidden, long heads) = (described.Layers!.Value, described.Hidden!.Value, described.Heads!.Value);
        long inner = described.FeedForward ?? 4 * hidden;
        bool isParallel = described.ParallelBlocks ?? false;
        return new TransformerConfiguration
        {
            Layers = layers,
            Hidden = hidden,
            Heads = heads,
            KeyValueHeads = described.KvHeads ?? heads,
            HeadDimension = described.HeadDimension ?? Math.Max(1, hidden / heads),
            FeedForward = inner,
            Vocabulary = described.Vocabulary!.Value,
            Context = described.Context ?? (described.Positions is > 0 ? described.Positions.Value : DefaultContext),
            Positions = described.Positions ?? 0,
            Tied = described.Tied ?? false,
            Gated = described.Gated ?? false,
            Bias = (BiasScope)(described.Bias ?? LinearBias.None),
            NormBias = described.Norm == NormKind.LayerNorm,
            NormsPerLayer = described.NormsPerLayer ?? (isParallel ? 1 : 2),
            QueryKeyNorm = described.QkNorm ?? false,
            EmbeddingNorm = described.EmbeddingNorm ?? false,
            ParallelBlocks = isParallel,
            Dropout = described.Dropout ?? false,
            SlidingWindow = described.SlidingWindow ?? 0,
            SlidingLayers = described.SlidingLayers ?? (described.SlidingWindow > 0 ? layers : 0),
            Experts = described.Experts is { } experts ? Mixture(experts, inner) : null,
            Latent = described.LatentAttention is { } latent
                ? new LatentAttention(latent.QueryRank, latent.KeyValueRank, latent.ContentDimension, latent.RotaryDimension, latent.ValueDimension)
                : null,
        };
    }

    private static ExpertMixture Mixture(ExpertsContract experts, long inner) => new(
        experts.Count, experts.Active, experts.Shared ?? 0, experts.DenseLayers ?? 0, experts.DenseFeedForward ?? inner, experts.RouterBias ?? false);
}
