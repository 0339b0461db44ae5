using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>
/// Poolings that sum the elements of windows, one axis after another: over several axes at once the windows would hold many times more elements.
/// </summary>
internal static class AveragePooling
{
    public static Node AveragePool(OperatorCall c)
    {
        WindowGeometry windows = WindowGeometry.Of(c, WindowGeometry.Given(c, "kernel_shape")!, c.Flag("ceil_mode"));
        return c.B.Div(Sum(c.B, windows, c.X), Counts(c, windows));
    }

    public static Node LpPool(OperatorCall c)
    {
        WindowGeometry windows = WindowGeometry.Of(c, WindowGeometry.Given(c, "kernel_shape")!, c.Flag("ceil_mode"));
        return Norm(c, x => Sum(c.B, windows, x), x => Sum(c.B, windows, x, areNorms: true));
    }

    /// <summary>(Σ |x|^p)^(1/p). The norm's subgradient at 0 is 0 (PyTorch).</summary>
    /// <param name="c">The call.</param>
    /// <param name="sum">The sum over each window.</param>
    /// <param name="norm">The 2-norm of each window.</param>
    public static Node Norm(OperatorCall c, Func<Node, Node> sum, Func<Node, Node> norm)
    {
        GraphBuilder b = c.B;
        int p = c.Int("p") > 0 ? c.Int("p") : throw new InvalidOperandException($"p is {c.Int("p")}, a norm needs at least 1");
        if (p == 1)
        {
            return sum(b.Abs(c.X));
        }

        return p == 2
            ? norm(c.X)
            : b.SafeRoot(sum(b.Pow(b.Abs(c.X), b.Scalar(p, c.X.DType))), safe => b.Pow(safe, b.Scalar(1.0 / p, c.X.DType)));
    }

    /// <summary>
    /// Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012, section 3.3; ONNX's scaling of
    /// alpha.
    /// </summary>
    public static Node LocalResponse(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int size = c.Int("size"), rank = c.X.Shape.Rank;
        if (size < 1 || rank < 2)
        {
            throw new InvalidOperandException($"size is {size} for x of shape {c.X.Shape}: a positive number of channels of [N,C,…] is expected");
        }

        int[] begins = new int[rank], ends = new int[rank];
        (begins[1], ends[1]) = ((size - 1) / 2, size / 2);
        Node windows = b.Unfold(b.Pad(b.Square(c.X), begins, ends), 1, size, 1, 1);
        Node scale = b.Plus(b.Times(b.ReduceSum(windows, [2], false), c.Number("alpha") / size), c.Number("bias"));
        return b.Div(c.X, b.Pow(scale, b.Scalar(c.Number("beta"), c.X.DType)));
    }

    // The norm of norms along the axes in turn is the norm over all.
    private static Node Sum(GraphBuilder b, WindowGeometry windows, Node x, bool areNorms = false)
    {
        x = windows.Padded(b, x);
        for (int i = windows.Kernel.Length - 1; i >= 0; i--)
        {
            Node elements = b.Unfold(x, 2 + i, windows.Kernel[i], windows.Strides[i], windows.Dilations[i]);
            x = areNorms ? b.Norm(elements, [3 + i], false) : b.ReduceSum(elements, [3 + i], false);
        }

        return x;
    }

    // The divisor of each window: the number of its elements, without padding unless that counts, and never with elements beyond it.
    private static Node Counts(OperatorCall c, WindowGeometry windows)
    {
        bool includesBorder = c.Flag("count_include_pad");
        double[] counts = [1];
        for (int i = 0; i < windows.Kernel.Length; i++)
        {
            (int begin, int end) = includesBorder ? (windows.Begins[i], windows.Ends[i]) : (0, 0);
            double[] along = Along(windows, i, -begin, (long)c.X.Shape[2 + i] + end);
            counts = [.. counts.SelectMany(count => along, (count, more) => count * more)];
        }

        return counts.All(count => count == counts[0])
            ? c.B.Scalar(counts[0], c.X.DType)
            : c.B.Tabulated(new TensorType(c.X.DType, Shape.Of(windows.Counts)), i => counts[i]);
    }

    private static double[] Along(WindowGeometry windows, int axis, long from, long to)
    {
        var counts = new double[windows.Counts[axis]];
        for (int o = 0; o < counts.Length; o++)
        {
            long start = ((long)o * windows.Strides[axis]) - windows.Begins[axis], dilation = windows.Dilations[axis];
            long first = start >= from ? 0 : (from - start + dilation - 1) / dilation;
            long end = to <= start ? 0 : Math.Min(((to - 1 - start) / dilation) + 1, windows.Kernel[axis]);
            counts[o] = Math.Max(end - first, 0);
        }

        return counts.All(n => n > 0) ? counts : throw new InvalidOperandException("a window lies entirely in the border: it has no average");
    }
}
