using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>Networks, differentiated with respect to all their parameters.</summary>
internal static class Networks
{
    private const DType Single = DType.Float32;

    public static IEnumerable<Case> All =>
    [
        new Case("MLP 784-512-512-10, batch 64, cross-entropy, value and gradient", Target.AtLeast(1.6), context => Baseline.Torch(Mlp(64, 784, 512, 512, 10), context)),
        new Case("transformer block, d 256, 4 heads, 128 tokens, batch 4, value and gradient", Target.AtLeast(1.6), context => Baseline.Torch(Transformer(), context)),
        new Case("softmax cross-entropy 1024×1000, value and gradient", Target.AtLeast(2), context => Baseline.Torch(CrossEntropy(1024, 1000), context)),
    ];

    /// <summary>Two hidden layers of rectified units.</summary>
    public static Problem Mlp(int batch, int first, int second, int third, int classes) => new(
        "mlp",
        """
        h1 = relu(x @ w1 + b1)
        h2 = relu(h1 @ w2 + b2)
        L = softmax_cross_entropy_loss(h2 @ w3 + b3, t)
        """,
        new Dictionary<string, Tensor>
        {
            ["x"] = Values.Normal(Single, 1, 1, batch, first),
            ["t"] = Values.Labels(2, batch, classes),
            ["w1"] = Values.Normal(Single, 3, Math.Sqrt(2.0 / first), first, second),
            ["b1"] = Values.Normal(Single, 4, 0.1, second),
            ["w2"] = Values.Normal(Single, 5, Math.Sqrt(2.0 / second), second, third),
            ["b2"] = Values.Normal(Single, 6, 0.1, third),
            ["w3"] = Values.Normal(Single, 7, Math.Sqrt(2.0 / third), third, classes),
            ["b3"] = Values.Normal(Single, 8, 0.1, classes),
        },
        ["w1", "b1", "w2", "b2", "w3", "b3"]);

    /// <summary>Softmax cross-entropy, with respect to the logits.</summary>
    public static Problem CrossEntropy(int rows, int classes) => new(
        "cross_entropy",
        "L = softmax_cross_entropy_loss(z, t)",
        new Dictionary<string, Tensor> { ["z"] = Values.Normal(Single, 1, 2, rows, classes), ["t"] = Values.Labels(2, rows, classes) },
        ["z"]);

    /// <summary>Normalisation before attention and before the two layers after it; with respect to the input and all parameters.</summary>
    public static Problem Transformer() => new(
        "transformer",
        """
        n1 = layer_normalization(x, g1, c1)
        qkv = n1 @ wqkv + bqkv
        q = transpose(reshape(slice(qkv, starts=(0,), ends=(256,), axes=(2,)), shape=(4, 128, 4, 64)), axes=(0, 2, 1, 3))
        k = transpose(reshape(slice(qkv, starts=(256,), ends=(512,), axes=(2,)), shape=(4, 128, 4, 64)), axes=(0, 2, 3, 1))
        v = transpose(reshape(slice(qkv, starts=(512,), ends=(768,), axes=(2,)), shape=(4, 128, 4, 64)), axes=(0, 2, 1, 3))
        p = softmax(q @ k * 0.125, axis=-1)
        h = x + reshape(transpose(p @ v, axes=(0, 2, 1, 3)), shape=(4, 128, 256)) @ wo + bo
        n2 = layer_normalization(h, g2, c2)
        y = h + gelu(n2 @ w1 + b1) @ w2 + b2
        L = mean(y * y)
        """,
        Parameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        [.. Parameters().Select(parameter => parameter.Name)]);

    private static IEnumerable<(string Name, Tensor Value)> Parameters()
    {
        const int Width = 256;
        const int Hidden = 1024;
        yield return ("x", Values.Normal(Single, 1, 1, 4, 128, Width));
        yield return ("g1", Values.Normal(Single, 2, 1, Width));
        yield return ("c1", Values.Normal(Single, 3, 0.1, Width));
        yield return ("wqkv", Values.Normal(Single, 4, 1 / Math.Sqrt(Width), Width, 3 * Width));
        yield return ("bqkv", Values.Normal(Single, 5, 0.1, 3 * Width));
        yield return ("wo", Values.Normal(Single, 6, 1 / Math.Sqrt(Width), Width, Width));
        yield return ("bo", Values.Normal(Single, 7, 0.1, Width));
        yield return ("g2", Values.Normal(Single, 8, 1, Width));
        yield return ("c2", Values.Normal(Single, 9, 0.1, Width));
        yield return ("w1", Values.Normal(Single, 10, 1 / Math.Sqrt(Width), Width, Hidden));
        yield return ("b1", Values.Normal(Single, 11, 0.1, Hidden));
        yield return ("w2", Values.Normal(Single, 12, 1 / Math.Sqrt(Hidden), Hidden, Width));
        yield return ("b2", Values.Normal(Single, 13, 0.1, Width));
    }
}
