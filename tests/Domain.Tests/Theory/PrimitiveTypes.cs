using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;

namespace Backprop.Domain.Tests.Theory;

/// <summary>The type of each primitive's result, stated independently of the code under test.</summary>
internal static class PrimitiveTypes
{
    private static readonly string[] Truths =
        ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf"];

    public static void Check(Node node)
    {
        if (node.Inputs.Length > 0)
        {
            node.Shape.Dims.ToArray().ShouldBe(Dims(node), $"shape of {node}");
            node.DType.ShouldBe(DTypeOf(node), $"element type of {node}");
        }
    }

    private static DType DTypeOf(Node node) => node.Op.Name switch
    {
        "Cast" => node.DType,
        "ArgMax" or "ArgMin" or "ArgTopK" or "ArgMaxPool" => DType.Int64,
        "Where" => node.Inputs[1].DType,
        var name => Truths.Contains(name) ? DType.Bool : node.Inputs[0].DType,
    };

    private static int[] Dims(Node node)
    {
        int[] x = node.Inputs[0].Shape.Dims.ToArray();
        int[] y = node.Inputs.Length > 1 ? node.Inputs[1].Shape.Dims.ToArray() : [];
        switch (node.Op.Name)
        {
            case "Reshape":
                Product(x).ShouldBe(Product(node.Shape.Dims.ToArray()), $"elements of {node}");
                return node.Shape.Dims.ToArray();
            case "Expand":
                return Broadcast(x, node.Shape.Dims.ToArray());
            case "Transpose":
                return [.. node.Integers("perm").Select(axis => x[axis])];
            case "MatMul":
                x[^1].ShouldBe(y[^2]);
                return [.. Broadcast(x[..^2], y[..^2]), x[^2], y[^1]];
            case "Conv":
                return Convolved(node, x, y);
            case "Unfold":
                int cut = node.Integer("axis"), size = node.Integer("size");
                return [.. x[..cut], Windows(x[cut], size, node.Integer("stride"), node.Integer("dilation")), size, .. x[(cut + 1)..]];
            case "Fold":
                int extent = node.Integer("extent"), added = node.Integer("axis");
                Windows(extent, x[added + 1], node.Integer("stride"), node.Integer("dilation")).ShouldBeGreaterThanOrEqualTo(x[added]);
                return [.. x[..added], extent, .. x[(added + 2)..]];
            case "ArgMaxPool":
                int[] kernel = node.Integers("kernel_shape"), pads = node.Integers("pads");
                int lead = x.Length - kernel.Length;
                return
                [
                    .. x[..lead],
                    .. kernel.Select((taps, i) => Windows(
                        x[lead + i] + pads[i] + pads[kernel.Length + i], taps, node.Integers("strides")[i], node.Integers("dilations")[i])),
                ];
            case "Concat":
                int joined = node.Integer("axis");
                return [.. x.Select((dim, axis) => axis == joined ? node.Inputs.Sum(input => input.Shape[axis]) : dim)];
            case "Slice":
                Within(node, x);
                return node.Shape.Dims.ToArray();
            case "Pad":
                return [.. x.Select((dim, axis) => dim + node.Integers("pads")[axis] + node.Integers("pads")[axis + x.Length])];
            case "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceLogSumExp" or "ReduceL2":
                return Reduced(x, node.Integers("axes"), node.Flag("keepdims"));
            case "ArgMax" or "ArgMin":
                return Reduced(x, [node.Integer("axis")], node.Flag("keepdims"));
            case "ArgTopK":
                return [.. x.Select((dim, axis) => axis == node.Integer("axis") ? node.Integer("k") : dim)];
            case "Solve" or "TriangularSolve":
                x[..^1].ShouldBe(y[..^1], $"systems of {node}");
                return y;
            case "Eigvalsh":
                return x[..^1];
            case "Svdvals":
                return [.. x[..^2], Math.Min(x[^1], x[^2])];
            case "LogAbsDet" or "DetSign":
                return x[..^2];
            case "Cholesky" or "Expm":
                x[^1].ShouldBe(x[^2]);
                return x;
            case "PackedEigh":
                return [.. x[..^2], x[^2] + 1, x[^1]];
            case "PackedQR":
                return [.. x[..^2], x[^2] + x[^1], x[^1]];
            case "PackedSVD":
                return [.. x[..^2], x[^2] + 1 + x[^1], x[^1]];
            case "Pinv":
                return [.. x[..^2], x[^1], x[^2]];
            case "Gather":
                return [.. x[..node.Integer("axis")], .. y, .. x[(node.Integer("axis") + 1)..]];
            case "GatherElements":
                return y;
            case "GatherND":
                return [.. y[..^1], .. x[(node.Integer("batch_dims") + y[^1])..]];
            case "ScatterElements":
                node.Inputs[2].Shape.Dims.ToArray().ShouldBe(y, $"updates of {node}");
                return x;
            case "ScatterND":
                node.Inputs[2].Shape.Dims.ToArray().ShouldBe([.. y[..^1], .. x[y[^1]..]], $"updates of {node}");
                return x;
            default:
                return node.Inputs.Select(input => input.Shape.Dims.ToArray()).Aggregate(Broadcast);
        }
    }

    private static int[] Convolved(Node node, int[] x, int[] w)
    {
        x[1].ShouldBe(w[1] * node.Integer("group"), $"channels of {node}");
        (w[0] % node.Integer("group")).ShouldBe(0, $"groups of {node}");
        return [x[0], w[0], .. w[2..].Select((size, i) => Windows(x[2 + i], size, node.Integers("strides")[i], node.Integers("dilations")[i]))];
    }

    private static int Windows(int extent, int size, int stride, int dilation) => ((extent - (dilation * (size - 1)) - 1) / stride) + 1;

    private static void Within(Node node, int[] x)
    {
        for (int axis = 0; axis < x.Length; axis++)
        {
            (int start, int step, int count) = (node.Integers("starts")[axis], node.Integers("steps")[axis], node.Shape[axis]);
            if (count > 0)
            {
                start.ShouldBeInRange(0, x[axis] - 1, $"start of {node}");
                (start + ((count - 1) * step)).ShouldBeInRange(0, x[axis] - 1, $"end of {node}");
            }
        }
    }

    private static int[] Broadcast(int[] x, int[] y)
    {
        int rank = Math.Max(x.Length, y.Length);
        int[] a = [.. Enumerable.Repeat(1, rank - x.Length), .. x];
        int[] b = [.. Enumerable.Repeat(1, rank - y.Length), .. y];
        return [.. a.Zip(b, (m, n) => m == n || n == 1 ? m : m == 1 ? n : throw new ShouldAssertException($"{m} and {n} do not broadcast"))];
    }

    private static int[] Reduced(int[] x, int[] axes, bool keep) =>
        [.. x.Select((dim, axis) => (Dim: axes.Contains(axis) ? 1 : dim, Kept: keep || !axes.Contains(axis))).Where(one => one.Kept).Select(one => one.Dim)];

    private static int Product(int[] dims) => dims.Aggregate(1, (n, dim) => n * dim);
}
