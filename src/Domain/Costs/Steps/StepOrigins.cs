using Backprop.Domain.Costs.Transformers;
using static Backprop.Domain.Costs.FormulaText;

namespace Backprop.Domain.Costs.Steps;

/// <summary>How the figures of a step are computed, with the numbers inserted.</summary>
public static class StepOrigins
{
    private const string Flop = "FLOP: two for each multiply-add";

    /// <summary>Lists them.</summary>
    public static IEnumerable<CostOrigin> List(StepSetup setup, StepDuration? duration) =>
        setup.Model.Configuration is { } model
            ? [.. Work(setup, model), .. States(setup), .. Activations(setup, model), .. Times(setup, duration), .. MeasuredOrigins.List(setup)]
            : [.. Counted(setup), .. States(setup), .. Times(setup, duration), .. MeasuredOrigins.List(setup)];

    private static IEnumerable<CostOrigin> Counted(StepSetup setup)
    {
        double n = (double)setup.Model.Active;
        yield return new CostOrigin(
            "flops.forward",
            $"2·N·D = 2 · {Of(n)} · {Of(setup.Tokens)}",
            "Kaplan et al. 2020, §2.1",
            $"{Flop}; N the parameters that a token uses, without attention's scores");
        yield return new CostOrigin("flops.backward", $"4·N·D = 4 · {Of(n)} · {Of(setup.Tokens)}", "Kaplan et al. 2020, §2.1", Flop);
    }

    private static IEnumerable<CostOrigin> Work(StepSetup setup, TransformerConfiguration model)
    {
        var token = TransformerFlops.PerToken(model, setup.Sequence, setup.Attention);
        var count = ParameterCount.Of(model);
        yield return new CostOrigin(
            "model.parameters",
            $"embedding {count.Embedding} + positions {count.Positions} + attention {count.Attention} + feed-forward {count.FeedForward} + " +
                $"routers {count.Router} + norms {count.Norms} + output {count.Output} = {count.Total}",
            "the shapes of the configuration",
            "embedding counted; a tied output layer counted once");
        yield return new CostOrigin(
            "flops.forward",
            $"tokens · (2·weights met + 2·(q+v)·L·s̄) = {Of(setup.Tokens)} · ({Of(token.Forward - token.Scores)} + {Of(token.Scores)}), q = " +
                $"{model.QueryWidth}, v = {model.AttendedWidth}, L·s̄ = {Of(TransformerFlops.Spans(model, setup.Sequence, setup.Attention))}",
            "counted by product; PaLM (Chowdhery et al. 2022), appendix B",
            $"{Flop}; attention {Text(setup.Attention)}; the embedding is a look-up; elementwise operators apart");
        yield return new CostOrigin(
            "flops.backward",
            $"2 · (forward − scores) + {Of(token.Count.BackwardFactor())} · scores",
            "each product Y = XW asks dX = dY·Wᵀ and dW = Xᵀ·dY",
            $"{Flop}; all weights are trained");
        yield return new CostOrigin(
            "flops.recomputed",
            $"tokens · {Of(StepWork.RecomputedPerToken(setup, model))}",
            "Korthikanti et al. 2022, §5; Chen et al. 2016 (sqrt)",
            $"{Flop}; counts for HFU, not for MFU");
        yield return new CostOrigin(
            "backwardToForward",
            "flops.backward / flops.forward",
            "this answer",
            "FLOPs, not times: measured times of backward passes are 1.4 to 2 forward passes");
        yield return new CostOrigin(
            "flops.elementwise",
            "by element, forward + backward: layer norm 7 + 12, RMS norm 4 + 8, softmax 5 + 4, GELU 9 + 14, gated SiLU 6 + 10, residual 1 + 1, " +
                "loss 5 + 2",
            "counted from the definitions",
            "exponentials and roots apart (flops.transcendentals)");
        yield return new CostOrigin(
            "flops.optimizer",
            $"{setup.Optimizer.FlopsByParameter()} per parameter" +
                $"{(setup.Optimizer == OptimizerMethod.Muon ? " + 5·(4n²m + 2n³) per matrix n×m" : "")}",
            "counted from the formula of the update",
            Flop);
    }

    private static IEnumerable<CostOrigin> States(StepSetup setup)
    {
        MemoryNeed need = MemoryNeed.Of(setup);
        double weights = need.Parameters / setup.StoredBytes * (setup.Layout.ZeroStage == 3 ? setup.Layout.Data : 1);
        string split = setup.Layout.ZeroStage == 0 ? "nothing split over replicas" : $"ZeRO-{setup.Layout.ZeroStage} over {setup.Layout.Data}";
        yield return new CostOrigin(
            "memory.parameters",
            $"{Of(weights)} weights of the fullest device · {setup.StoredBytes} bytes",
            "Rajbhandari et al. 2020 (ZeRO), §3.1",
            $"bytes; {split}");
        yield return new CostOrigin(
            "memory.gradients",
            $"{Of(weights)} · {setup.GradientBytes} bytes",
            "Rajbhandari et al. 2020 (ZeRO), §3.1",
            $"bytes; {split}");
        if (setup.MasterWeights)
        {
            yield return new CostOrigin(
                "memory.masterWeights",
                $"{Of(weights)} · 4 bytes",
                "Micikevicius et al. 2018, §3.1; Rajbhandari et al. 2020 (ZeRO), §3.1",
                $"bytes; {split}");
        }

        yield return new CostOrigin(
            "memory.moments",
            $"{setup.Optimizer.ToString().ToLowerInvariant()}: {Of(need.Moments)} bytes",
            "Rajbhandari et al. 2020 (ZeRO), §3.1; Dettmers et al. 2022 (8 bits)",
            $"bytes; {split}");
    }

    private static IEnumerable<CostOrigin> Activations(StepSetup setup, TransformerConfiguration model)
    {
        var layer = LayerActivationBytes.Of(model, setup.Sequence, setup.StoredBytes);
        ParallelLayout layout = setup.Layout;
        yield return new CostOrigin(
            "memory.activations",
            $"s·b = {Of(ActivationNeed.MicroTokens(setup))} tokens; a layer keeps {Of(layer.Replicated)}{(layout.SequenceParallel ? "/t" : "")} + " +
                $"{Of(layer.Sharded)}/t + {Of(layer.Scores)}/t bytes per token (inputs and masks; what is multiplied; scores), or " +
                $"{Of(layer.Input)} for only its input; t = {layout.Tensor}, L/p = {Of((double)model.Layers / layout.Pipeline)}",
            "Korthikanti et al. 2022, §4; sqrt: Chen et al. 2016",
            "bytes; for a GPT in 16 bits sbh(34 + 5as/h); the first stage of a pipeline has p micro-batches in flight");
        yield return new CostOrigin(
            "memory.logits",
            $"s·b·(4h + 4V) in 16 bits: {Of(ActivationNeed.Output(setup, model))} bytes",
            "Korthikanti et al. 2022, §4.3",
            "bytes; logits in fp32");
    }

    private static IEnumerable<CostOrigin> Times(StepSetup setup, StepDuration? duration)
    {
        if (duration is null || setup.Hardware is not { } hardware)
        {
            yield break;
        }

        double peak = hardware.Peak(setup.Multiplied);
        yield return new CostOrigin(
            "time.lowerMs",
            $"Σ max(FLOPs/({Of(peak)} · {Of(hardware.Ceiling(setup.Multiplied))}), bytes/{Of(hardware.BytesPerSecond)}) over operators on a " +
                $"device, · (1 + bubble {Of(duration.Bubble)}) + optimizer; not below what is sent",
            "Williams et al. 2009 (roofline); Narayanan et al. 2021, §2.2 (bubble)",
            "communication hidden");
        yield return new CostOrigin(
            "time.upperMs",
            $"the same with matrix products at {Of(Roofline.LowUtilization)} of the peak, + {Of(duration.Communication.Total)} bytes / " +
                $"{Of(duration.LinkBytesPerSecond)}; not below model FLOPs at {Of(Roofline.LowUtilization)} of the peak",
            "the low end of the utilisations that reports of large training give (0.35 to 0.5)",
            "no overlap of communication");
        yield return new CostOrigin(
            "time.pipelineBubble",
            $"(p − 1)/(v·m) = {setup.Layout.Pipeline - 1}/({setup.Layout.Chunks} · {setup.MicroBatches})",
            "Narayanan et al. 2021, §2.2",
            "relative to the ideal time");
        yield return new CostOrigin(
            "time.communication",
            "data: 2(d−1)/d·Ψ, ZeRO-3 3(d−1)/d·Ψ; tensor: 4 all-reduces per layer of s·b·h, 2(t−1)/t each, 6 with full recomputation; pipeline: " +
                "s·b·h forward and back",
            "Rajbhandari et al. 2020, §7; Shoeybi et al. 2019; Narayanan et al. 2021",
            "bytes that one device sends");
    }

    private static string Text(AttentionCount count) => count switch
    {
        AttentionCount.Full => "12·L·q·s per token (full)",
        AttentionCount.Causal => "6·L·q·s per token (causal)",
        AttentionCount.CausalFlash => "7·L·q·s per token (causal, fused kernel)",
        _ => "6·L·q·(s+1) a token (causal, exact)",
    };
}
