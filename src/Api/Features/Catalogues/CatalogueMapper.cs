using Backprop.Client.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Api.Features.Catalogues;

/// <summary>Maps rows of the catalogues to the contract.</summary>
internal static class CatalogueMapper
{
    /// <summary>A model in a list.</summary>
    public static ModelSummary Summary(CataloguedModel model) => new()
    {
        Id = model.Id,
        Name = model.Name,
        Family = model.Family,
        Parameters = (long)model.Parameters.Total,
        ActiveParameters = (long)model.Parameters.Active,
        Context = model.Configuration.Context,
    };

    /// <summary>A model.</summary>
    public static ModelPage Page(CataloguedModel model)
    {
        TransformerConfiguration configuration = model.Configuration;
        var setup = new StepSetup
        {
            Model = model.Profile,
            Precision = ComputePrecision.Bf16,
            Sequence = configuration.Context,
            Batch = 1,
            MicroBatch = 1,
            Layout = new ParallelLayout(),
            GradientBytes = ComputePrecision.Bf16.StoredBytes(),
        };
        return new ModelPage
        {
            Id = model.Id,
            Aliases = model.Aliases,
            Name = model.Name,
            Family = model.Family,
            Parameters = (long)model.Parameters.Total,
            ActiveParameters = (long)model.Parameters.Active,
            Parts = Parts(model.Parameters),
            ForwardFlopsPerToken = TransformerFlops.PerToken(configuration, configuration.Context, AttentionCount.Full).Forward,
            Configuration = Describe(configuration),
            Source = model.Source,
            Formulas = CostMapper.Origins(StepOrigins.List(setup, null)
                .Where(origin => origin.Figure is "model.parameters" or "flops.forward")
                .Select(origin => origin with { Figure = origin.Figure == "flops.forward" ? "forwardFlopsPerToken" : "parameters" })),
        };
    }

    /// <summary>A device.</summary>
    public static HardwarePage Page(CataloguedHardware device)
    {
        HardwareFigure Figure(string member, double value, string path) =>
            new() { Value = value, Uncertain = device.Uncertain.Contains(path), Source = device.Sources[member] };
        Dictionary<Precision, HardwareFigure> Figures(string member, IReadOnlyDictionary<ComputePrecision, double> values) => values.ToDictionary(
            pair => (Precision)pair.Key, pair => Figure(member, pair.Value, $"{member}.{pair.Key.Text()}"));
        return new HardwarePage
        {
            Id = device.Id,
            Aliases = device.Aliases,
            Name = device.Name,
            Vendor = device.Vendor,
            Kind = (HardwareKind)device.Kind,
            PeakTflops = Figures("peakTflops", device.PeakTflops),
            MemoryGb = Figure("memoryGb", device.MemoryGb, "memoryGb"),
            BandwidthTbPerSecond = Figure("bandwidthTbPerSecond", device.BandwidthTbPerSecond, "bandwidthTbPerSecond"),
            LinkGbPerSecond = Figure("linkGbPerSecond", device.LinkGbPerSecond, "linkGbPerSecond"),
            MatmulCeiling = Figures("matmulCeiling", device.MatmulCeiling),
        };
    }

    private static IReadOnlyList<ParameterPart> Parts(ParameterCount count)
    {
        (string Name, Int128 Count)[] parts =
        [
            ("embedding", count.Embedding),
            ("positions", count.Positions),
            ("attention", count.Attention),
            ("feedForward", count.FeedForward),
            ("router", count.Router),
            ("norms", count.Norms),
            ("output", count.Output),
        ];
        return [.. parts.Where(part => part.Count > 0).Select(part => new ParameterPart { Name = part.Name, Count = (long)part.Count })];
    }

    // Members at their default are omitted, so that the unusual ones stand out.
    private static ModelDescription Describe(TransformerConfiguration model) => new()
    {
        Layers = model.Layers,
        Hidden = model.Hidden,
        Heads = model.Heads,
        KvHeads = model.KeyValueHeads == model.Heads ? null : model.KeyValueHeads,
        HeadDimension = model.HeadDimension * model.Heads == model.Hidden ? null : model.HeadDimension,
        FeedForward = model.FeedForward,
        Vocabulary = model.Vocabulary,
        Context = model.Context,
        Positions = model.Positions == 0 ? null : model.Positions,
        Tied = model.Tied ? true : null,
        Gated = model.Gated ? true : null,
        Bias = model.Bias == BiasScope.None ? null : (LinearBias)model.Bias,
        Norm = model.NormBias ? NormKind.LayerNorm : null,
        NormsPerLayer = model.NormsPerLayer == (model.ParallelBlocks ? 1 : 2) ? null : model.NormsPerLayer,
        QkNorm = model.QueryKeyNorm ? true : null,
        EmbeddingNorm = model.EmbeddingNorm ? true : null,
        ParallelBlocks = model.ParallelBlocks ? true : null,
        Dropout = model.Dropout ? true : null,
        SlidingWindow = model.SlidingWindow == 0 ? null : model.SlidingWindow,
        SlidingLayers = model.SlidingWindow == 0 || model.SlidingLayers == model.Layers ? null : model.SlidingLayers,
        Experts = model.Experts is not { } mixture ? null : new ExpertsContract
        {
            Count = mixture.Count,
            Active = mixture.Active,
            Shared = mixture.Shared == 0 ? null : mixture.Shared,
            DenseLayers = mixture.DenseLayers == 0 ? null : mixture.DenseLayers,
            DenseFeedForward = mixture.DenseLayers == 0 ? null : mixture.DenseFeedForward,
            RouterBias = mixture.RouterBias ? true : null,
        },
        LatentAttention = model.Latent is not { } latent ? null : new LatentAttentionContract
        {
            QueryRank = latent.QueryRank,
            KeyValueRank = latent.KeyValueRank,
            ContentDimension = latent.ContentDimension,
            RotaryDimension = latent.RotaryDimension,
            ValueDimension = latent.ValueDimension,
        },
    };
}
