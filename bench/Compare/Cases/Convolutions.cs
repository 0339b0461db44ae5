using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>Convolutions: a single one, and a small network.</summary>
internal static class Convolutions
{
    private const DType Single = DType.Float32;

    public static IEnumerable<Case> All =>
    [
        new Case("convolution 8×64×56×56, 3×3, 64 channels, value and gradient", Target.AtLeast(1), context => Baseline.Torch(Convolution(), context)),
        new Case("CNN 3×32×32, batch 32, value and gradient", Target.AtLeast(1), context => Baseline.Torch(Cnn(), context)),
    ];

    /// <summary>One layer, with respect to its values, kernel and bias.</summary>
    public static Problem Convolution() => new(
        "convolution",
        """
        y = conv(x, w, b, pads=(1, 1, 1, 1))
        L = mean(y * y)
        """,
        new Dictionary<string, Tensor>
        {
            ["x"] = Values.Normal(Single, 1, 1, 8, 64, 56, 56),
            ["w"] = Values.Normal(Single, 2, Math.Sqrt(2.0 / (64 * 9)), 64, 64, 3, 3),
            ["b"] = Values.Normal(Single, 3, 0.1, 64),
        },
        ["x", "w", "b"]);

    /// <summary>Two layers of convolution, the first one normalised over the batch, each rectified and pooled, and a linear one.</summary>
    public static Problem Cnn() => new(
        "cnn",
        """
        c1 = conv(x, w1, b1, pads=(1, 1, 1, 1))
        d = c1 - mean(c1, axis=(0, 2, 3), keepdims=True)
        n = d / sqrt(mean(d * d, axis=(0, 2, 3), keepdims=True) + 1e-5) * reshape(g, shape=(32, 1, 1)) + reshape(c, shape=(32, 1, 1))
        h1 = max_pool(relu(n), kernel_shape=(2, 2), strides=(2, 2))
        h2 = max_pool(relu(conv(h1, w2, b2, pads=(1, 1, 1, 1))), kernel_shape=(2, 2), strides=(2, 2))
        L = softmax_cross_entropy_loss(flatten(h2) @ w3 + b3, t)
        """,
        new Dictionary<string, Tensor>
        {
            ["x"] = Values.Normal(Single, 1, 1, 32, 3, 32, 32),
            ["t"] = Values.Labels(2, 32, 10),
            ["w1"] = Values.Normal(Single, 3, Math.Sqrt(2.0 / 27), 32, 3, 3, 3),
            ["b1"] = Values.Normal(Single, 4, 0.1, 32),
            ["g"] = Values.Normal(Single, 5, 1, 32),
            ["c"] = Values.Normal(Single, 6, 0.1, 32),
            ["w2"] = Values.Normal(Single, 7, Math.Sqrt(2.0 / 288), 64, 32, 3, 3),
            ["b2"] = Values.Normal(Single, 8, 0.1, 64),
            ["w3"] = Values.Normal(Single, 9, 1.0 / 64, 4096, 10),
            ["b3"] = Values.Normal(Single, 10, 0.1, 10),
        },
        ["w1", "g", "c", "w2", "b2", "w3", "b3"]);
}
