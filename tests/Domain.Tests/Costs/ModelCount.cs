using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of the larger operators of models, counted only from shapes.</summary>
internal static class ModelCount
{
    private static readonly HashSet<string> Nothing =
    [
        "CastLike", "Scatter", "DepthToSpace", "SpaceToDepth", "CenterCropPad", "HannWindow", "HammingWindow", "BlackmanWindow", "MelWeightMatrix", "NonZero", "Compress", "Unique", "RandomUniform", "RandomUniformLike", "RandomNormal", "RandomNormalLike",
    ];

    public static long Of(Sample sample, Shape result)
    {
        Shape x = sample.ShapeOf(0);
        long n = x.Count;
        return sample.Operator switch
        {
            string name when Nothing.Contains(name) => 0,
            "BatchNormalization" => Batch(sample, n, x[1]),
            "InstanceNormalization" => (7 * n) + (4L * x[0] * x[1]),
            "GroupNormalization" => (7 * n) + (4L * x[0] * sample.Int("num_groups", 1)),
            "LpNormalization" => (3 * n) + ((sample.Int("p", 2) == 1 ? 1 : 2) * n / x[sample.Axis("axis", -1)]),
            "MeanVarianceNormalization" => (5 * n) + (4 * (x.Rank == 4 ? x[1] : x[0])),
            "Dropout" => sample.Form.StartsWith("training", StringComparison.Ordinal) ? (2 * n) + 2 : 0,
            "Bernoulli" => result.Count,
            "EyeLike" => x[0] + n,
            "Hardmax" => 2 * n,
            "ReverseSequence" => (2L * x[sample.Axis("batch_axis", 1)] * x[sample.Axis("time_axis", 0)]) + x[sample.Axis("batch_axis", 1)],
            "RNN" or "GRU" or "LSTM" => RecurrentCount.Of(sample),
            "Attention" => AttentionOperatorCount.Of(sample),
            "RotaryEmbedding" => sample.Int("rotary_embedding_dim", 0) is var turned && turned == 0 ? 3 * n : 3 * n / (x.Rank == 4 ? x[3] : x[2] / sample.Int("num_heads", 1)) * turned,
            "Det" => n == 0 ? 0 : n / ((long)x[^1] * x[^1]) * Determinant(x[^1]),
            "Resize" or "Upsample" => ResizeCount.Of(sample, result),
            "GridSample" => SamplingCount.OfGridSample(sample),
            "RoiAlign" => SamplingCount.OfRoiAlign(sample, result),
            "AffineGrid" => 2 * result.Count * (x[1] + 1),
            "DFT" or "STFT" => SamplingCount.OfTransform(sample, result),
            "Adam" => (16 * Parameters(sample, 4)) + (10 * (sample.Arguments.Count - 2) / 4),
            "Adagrad" => (10 * Parameters(sample, 3)) + (3 * (sample.Arguments.Count - 2) / 3),
            "Momentum" => ((sample.Text("mode", "") == "nesterov" ? 9 : 7) * Parameters(sample, 3)) + ((sample.Arguments.Count - 2) / 3),
            "DeformConv" => SamplingCount.OfDeformConv(sample, result),
            "TensorScatter" => (sample.Form == "circular" ? 2 : 1) * x[0] * (long)sample.ShapeOf(1)[sample.Axis("axis", -2)],
            "Col2Im" => SamplingCount.OfCol2Im(sample),
            _ => MatrixCount.Of(sample, result),
        };
    }

    // Elements of all parameters, the first of the given number of groups after two numbers.
    private static long Parameters(Sample sample, int groups) =>
        Enumerable.Range(2, (sample.Arguments.Count - 2) / groups).Sum(place => sample.ShapeOf(place).Count);

    private static long Determinant(long n) => n switch
    {
        <= 1 => 0,
        2 => 3,
        3 => 14,
        _ => (2 * n * n) + (3 * (n - 1) * (n - 1)) + (8 * (n - 1)) + 10 + Determinant(n - 1),
    };

    private static long Batch(Sample sample, long n, long channels)
    {
        bool training = sample.Int("training_mode", 0) == 1;
        return training ? (6 * n) + (6 * channels) + (3 * channels * (sample.Outputs.Count - 1)) : (3 * n) + (4 * channels);
    }
}
