using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>The work of one kind of operator in one step, over all devices.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMatmul">Whether it runs on matrix units; otherwise on vector units, in fp32.</param>
/// <param name="Forward">FLOPs and bytes of the forward pass.</param>
/// <param name="Backward">FLOPs and bytes of the backward pass.</param>
/// <param name="InBlocks">Whether it is part of the blocks, which full recomputation repeats.</param>
/// <param name="Transcendentals">Exponentials and the like in the forward pass.</param>
public sealed record OperatorWork(string Name, bool IsMatmul, Traffic Forward, Traffic Backward, bool InBlocks, double Transcendentals = 0);

/// <summary>FLOPs and bytes.</summary>
/// <param name="Flops">FLOPs.</param>
/// <param name="Bytes">Bytes read and written.</param>
public readonly record struct Traffic(double Flops, double Bytes)
{
    /// <summary>Scaled.</summary>
    public static Traffic operator *(Traffic traffic, double factor) => new(traffic.Flops * factor, traffic.Bytes * factor);

    /// <summary>Both.</summary>
    public static Traffic operator +(Traffic a, Traffic b) => new(a.Flops + b.Flops, a.Bytes + b.Bytes);
}

/// <summary>The operators of a transformer with their FLOPs and bytes.</summary>
public static class TransformerOperators
{
    // FLOPs per element, forward and backward, of the expansions into primitives: scale, add, exp and quotient count as one each.
    private static readonly (int Forward, int Backward) LayerNorm = (7, 12);
    private static readonly (int Forward, int Backward) RmsNorm = (4, 8);
    private static readonly (int Forward, int Backward) Softmax = (5, 4);
    private static readonly (int Forward, int Backward) Gelu = (9, 14);
    private static readonly (int Forward, int Backward) GatedSilu = (6, 10);

    /// <summary>Lists the operators of a step.</summary>
    public static IReadOnlyList<OperatorWork> Of(StepSetup setup, TransformerConfiguration model) =>
        [.. Matmuls(setup, model), .. Elementwise(setup, model)];

    private static IEnumerable<OperatorWork> Matmuls(StepSetup setup, TransformerConfiguration model)
    {
        var token = TransformerFlops.PerToken(model, setup.Sequence, setup.Attention);
        foreach (IGrouping<TransformerPart, WeightMatrix> part in WeightMatrix.Of(model).GroupBy(matrix => matrix.Part))
        {
            double flops = setup.Tokens * token.Of(part.Key);
            if (flops == 0)
            {
                continue;
            }

            var forward = new Traffic(flops, part.Sum(matrix => MatrixBytes(setup, matrix)));
            yield return new OperatorWork(StepWork.Text(part.Key), true, forward, forward * 2, part.Key != TransformerPart.Logits);
        }

        double scores = setup.FlashAttention ? 0 : 2 * ScoreElements(setup, model);
        double through = setup.Tokens * model.Layers * (model.QueryWidth + (2.0 * model.KeyWidth) + model.AttendedWidth);
        var attention = new Traffic(setup.Tokens * token.Scores, setup.StoredBytes * (through + scores));
        double back = token.Count.BackwardFactor() + (setup.FlashAttention && setup.Attention != AttentionCount.CausalFlash ? 0.5 : 0);
        yield return new OperatorWork(
            StepWork.Text(TransformerPart.AttentionScores), true, attention, new Traffic(attention.Flops * back, attention.Bytes * 2), true);
    }

    // Weights are read once per micro-batch of each replica; experts at most as often as tokens reach them. Activations are read and written once.
    private static double MatrixBytes(StepSetup setup, WeightMatrix matrix)
    {
        double passes = (double)setup.Layout.Data * setup.MicroBatches;
        double reached = Math.Min(Math.Max((double)matrix.Stored, 1), (double)matrix.Used * ActivationNeed.MicroTokens(setup));
        double weights = passes * reached * matrix.In * matrix.Out;
        double activations = setup.Tokens * (double)matrix.Used * ((double)matrix.In + matrix.Out);
        return setup.StoredBytes * (weights + activations);
    }

    private static IEnumerable<OperatorWork> Elementwise(StepSetup setup, TransformerConfiguration model)
    {
        double tokens = setup.Tokens, width = model.Hidden, layers = model.Layers;
        double normed = tokens * ((width * ((layers * model.NormsPerLayer) + 1))
            + (model.QueryKeyNorm ? layers * (model.QueryWidth + (double)model.KeyWidth) : 0));
        double scores = ScoreElements(setup, model);
        double inner = tokens * WeightMatrix.Of(model)
            .Where(matrix => matrix.Part == TransformerPart.FeedForward && matrix.Out == model.Hidden).Sum(matrix => (double)matrix.Used * matrix.In);
        double logits = tokens * model.Vocabulary;
        yield return Make(setup, "norms", normed, model.NormBias ? LayerNorm : RmsNorm, 2, 0);
        yield return Make(setup, "softmax", scores, Softmax, setup.FlashAttention ? 0 : 2, 1);
        yield return Make(setup, "activations", inner, model.Gated ? GatedSilu : Gelu, model.Gated ? 3 : 2, 1);
        yield return Make(setup, "residuals", 2 * tokens * width * layers, (1, 1), 3, 0);
        yield return Make(setup, "loss", logits, (5, 2), 2.0 * sizeof(float) / setup.StoredBytes, 1) with { InBlocks = false };
    }

    private static OperatorWork Make(StepSetup setup, string name, double elements, (int Forward, int Backward) flops, double moved,
        int transcendentals)
    {
        double bytes = elements * moved * setup.StoredBytes;
        return new OperatorWork(
            name, false, new Traffic(elements * flops.Forward, bytes), new Traffic(elements * flops.Backward, bytes * 3 / 2), true,
                elements * transcendentals);
    }

    // An unfused kernel computes every score, a fused one those that the convention counts.
    private static double ScoreElements(StepSetup setup, TransformerConfiguration model) => setup.Tokens * model.Heads
        * (setup.FlashAttention ? TransformerFlops.Spans(model, setup.Sequence, setup.Attention) : (double)model.Layers * setup.Sequence);
}
