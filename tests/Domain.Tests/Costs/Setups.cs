using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Tests.Costs;

/// <summary>Models and steps for the tests.</summary>
internal static class Setups
{
    /// <summary>A GPT as trained with Megatron: f = 4h, biases, layer norms, learned positions, tied output, dropout.</summary>
    public static TransformerConfiguration Gpt(long layers, long hidden, long heads, long vocabulary = 51_200, long context = 2048) => new()
    {
        Layers = layers,
        Hidden = hidden,
        Heads = heads,
        KeyValueHeads = heads,
        HeadDimension = hidden / heads,
        FeedForward = 4 * hidden,
        Vocabulary = vocabulary,
        Context = context,
        Positions = context,
        Tied = true,
        Bias = BiasScope.All,
        NormBias = true,
        Dropout = true,
    };

    /// <summary>A Llama: gated, no biases, scales of norms, untied output.</summary>
    public static TransformerConfiguration Llama(long layers, long hidden, long heads, long inner, long context = 2048) => new()
    {
        Layers = layers,
        Hidden = hidden,
        Heads = heads,
        KeyValueHeads = heads,
        HeadDimension = hidden / heads,
        FeedForward = inner,
        Vocabulary = 32_000,
        Context = context,
        Gated = true,
    };

    /// <summary>A PaLM: parallel blocks, one key and value head, heads of 256.</summary>
    public static TransformerConfiguration Palm(long layers, long hidden, long heads) => new()
    {
        Layers = layers,
        Hidden = hidden,
        Heads = heads,
        KeyValueHeads = 1,
        HeadDimension = 256,
        FeedForward = 4 * hidden,
        Vocabulary = 256_000,
        Context = 2048,
        Gated = true,
        Tied = true,
        ParallelBlocks = true,
        NormsPerLayer = 1,
    };

    public static StepSetup Step(TransformerConfiguration model, long batch = 1, long micro = 1, ParallelLayout? layout = null) =>
        Step(ModelProfile.Of(model), batch, micro, layout) with { Sequence = model.Context };

    public static StepSetup Step(ModelProfile model, long batch = 1, long micro = 1, ParallelLayout? layout = null) => new()
    {
        Model = model,
        Precision = ComputePrecision.Bf16,
        Sequence = 2048,
        Batch = batch,
        MicroBatch = micro,
        Layout = layout ?? new ParallelLayout(),
        MasterWeights = true,
        GradientBytes = 2,
    };

    public static ModelProfile Counted(double parameters) => new(null, (Int128)parameters, (Int128)parameters, null);

    public static HardwareProfile Device(string id) => HardwareCatalogue.Find(id)!.Profile;

    public static TransformerConfiguration Model(string id) => ModelCatalogue.Find(id)!.Configuration;
}
