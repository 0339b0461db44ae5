namespace Backprop.Domain.Costs.Steps;

/// <summary>Bytes that one device sends in one step.</summary>
/// <param name="Data">For data parallelism.</param>
/// <param name="Tensor">For tensor parallelism.</param>
/// <param name="Pipeline">To the next stage and back.</param>
public sealed record CommunicationNeed(double Data, double Tensor, double Pipeline)
{
    private const int ReductionsInForward = 2;

    /// <summary>The total.</summary>
    public double Total => Data + Tensor + Pipeline;

    /// <summary>
    /// Rings: an all-reduce of n bytes over k devices sends 2(k−1)/k·n, a gather or scatter half of that. Data parallelism reduces the gradients, 2Ψ
    /// (ZeRO-1 and ZeRO-2, too); ZeRO-3 gathers the weights twice and scatters the gradients, 3Ψ (Rajbhandari et al. 2020, §7). Tensor parallelism
    /// all-reduces the activations of a layer twice forward and twice backward (Shoeybi et al. 2019), half as often if attention and feed-forward run
    /// in parallel, and again if the forward pass is repeated. A pipeline sends the activations of each micro-batch forward and their gradients back,
    /// once per chunk.
    /// </summary>
    public static CommunicationNeed Of(StepSetup setup)
    {
        ParallelLayout layout = setup.Layout;
        MemoryNeed memory = MemoryNeed.Of(setup with { Layout = layout with { ZeroStage = 0 } });
        double gradients = layout.ZeroStage == 3 ? memory.Gradients + (2 * memory.Parameters) : 2 * memory.Gradients;
        double data = gradients * Ring(layout.Data);
        if (setup.Model.Configuration is not { } model)
        {
            return new CommunicationNeed(data, 0, 0);
        }

        double passed = setup.MicroBatches * ActivationNeed.MicroTokens(setup) * model.Hidden * setup.StoredBytes;
        double forward = model.ParallelBlocks ? 1 : ReductionsInForward;
        double repeats = setup.Policy is ActivationPolicy.Full or ActivationPolicy.Sqrt ? 3 : 2;
        double tensor = passed * 2 * Ring(layout.Tensor) * forward * repeats * model.Layers / layout.Pipeline;
        double pipeline = layout.Pipeline == 1 ? 0 : 2 * passed * layout.Chunks / (layout.SequenceParallel ? layout.Tensor : 1);
        return new CommunicationNeed(data, tensor, pipeline);
    }

    private static double Ring(long devices) => (devices - 1.0) / devices;
}
