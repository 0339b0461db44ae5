using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>Bytes of activations on one device of a stage.</summary>
public static class ActivationNeed
{
    /// <summary>
    /// The activations kept from the forward pass: layer by layer under a policy, times the micro-batches in flight, plus the mask of the embedding's
    /// dropout. The first of p stages has p micro-batches in flight, as much as all layers of one (Korthikanti et al. 2022, §4.2.3), the last stage
    /// has one.
    /// </summary>
    public static double Stored(StepSetup setup, TransformerConfiguration model, ActivationPolicy policy, bool isFirst)
    {
        ParallelLayout layout = setup.Layout;
        double stage = (double)model.Layers / layout.Pipeline;
        double underWay = isFirst ? Math.Min(layout.Pipeline, setup.MicroBatches) : 1;
        double interleaving = layout.Chunks > 1 && isFirst ? 1 + ((layout.Pipeline - 1.0) / (layout.Pipeline * (double)layout.Chunks)) : 1;
        double mask = model.Dropout && isFirst ? model.Hidden * underWay / (layout.SequenceParallel ? layout.Tensor : 1) : 0;
        return MicroTokens(setup) * ((PerToken(setup, model, policy, stage) * underWay * interleaving) + mask);
    }

    /// <summary>
    /// The activations recomputed and held at a time: a layer, or a segment of ⌈√L⌉ layers. If only scores are recomputed, or they are never stored,
    /// they take only a working buffer of one operator and are not counted.
    /// </summary>
    public static double Recomputed(StepSetup setup, TransformerConfiguration model)
    {
        double layer = MicroTokens(setup) * Layer(setup, model);
        return setup.Policy switch
        {
            ActivationPolicy.Full => layer,
            ActivationPolicy.Sqrt => layer * Segment((double)model.Layers / setup.Layout.Pipeline),
            _ => 0,
        };
    }

    /// <summary>
    /// The output layer: the inputs of the last norm and of the output layer, and logits in fp32, 2·(2h) + 4V bytes per token in 16 bits (Korthikanti
    /// et al. 2022, §4.3).
    /// </summary>
    public static double Output(StepSetup setup, TransformerConfiguration model)
    {
        double logits = (double)model.Vocabulary * Math.Max(sizeof(float), setup.StoredBytes) / setup.Layout.Tensor;
        double inputs = 2.0 * setup.StoredBytes * model.Hidden / (setup.Layout.SequenceParallel ? setup.Layout.Tensor : 1);
        return MicroTokens(setup) * (inputs + logits);
    }

    /// <summary>Bytes per token of one layer without recomputation.</summary>
    public static double Layer(StepSetup setup, TransformerConfiguration model) =>
        LayerActivationBytes.Of(model, setup.Sequence, setup.StoredBytes).On(setup.Layout, withScores: !setup.FlashAttention);

    /// <summary>The layers of one segment.</summary>
    public static double Segment(double layers) => Math.Ceiling(Math.Sqrt(layers));

    /// <summary>Tokens of a micro-batch.</summary>
    public static double MicroTokens(StepSetup setup) => (double)setup.MicroBatch * setup.Sequence;

    private static double PerToken(StepSetup setup, TransformerConfiguration model, ActivationPolicy policy, double layers)
    {
        var layer = LayerActivationBytes.Of(model, setup.Sequence, setup.StoredBytes);
        return policy switch
        {
            ActivationPolicy.None => layers * layer.On(setup.Layout, withScores: !setup.FlashAttention),
            ActivationPolicy.Selective => layers * layer.On(setup.Layout, withScores: false),
            ActivationPolicy.Full => layers * layer.InputOn(setup.Layout),
            _ => Math.Ceiling(layers / Segment(layers)) * layer.InputOn(setup.Layout),
        };
    }
}
