using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>
/// Convolutions of images whose kernel elements are moved by offsets, which are values: each is sampled bilinearly, with zeros around the image, and
/// weighted by a mask. The samples, a matrix for each image, are multiplied by the kernel. Sources: Dai et al., Deformable convolutional networks,
/// 2017; Zhu et al., Deformable ConvNets v2, 2019; the operator DeformConv of ONNX.
/// </summary>
internal sealed class DeformableConvolution
{
    private readonly GraphBuilder b;
    private readonly Shape x;
    private readonly Shape w;
    private readonly int[] strides;
    private readonly int[] dilations;
    private readonly int[] begins;
    private readonly int[] outputs;
    private readonly int group;
    private readonly int offsetGroup;

    private DeformableConvolution(OperatorCall c)
    {
        (b, x, w) = (c.B, c.X.Shape, c[1].Shape);
        (strides, dilations) = (WindowGeometry.Positive(c, "strides", 2), WindowGeometry.Positive(c, "dilations", 2));
        int[] pads = WindowGeometry.Given(c, "pads") ?? new int[4];
        WindowGeometry.RequireLength("pads", pads, 4);
        (group, offsetGroup, begins) = (c.Int("group"), c.Int("offset_group"), pads[..2]);
        bool fits = x.Rank == 4 && w.Rank == 4 && group > 0 && offsetGroup > 0 && pads.All(pad => pad >= 0) && x.Count > 0 && w.Count > 0
            && x[1] == (long)w[1] * group && w[0] % group == 0 && x[1] % offsetGroup == 0
            && (WindowGeometry.Given(c, "kernel_shape") is not { } given || given.SequenceEqual(w.Dims[2..].ToArray()));
        if (!fits)
        {
            throw new InvalidOperandException($"X {x} and W {w} with {group} groups and {offsetGroup} of offsets: [N,C,H,W] and [M,C/group,kH,kW] " +
                $"are expected, M and C multiples of the groups", 1);
        }

        outputs = [.. Enumerable.Range(0, 2).Select(i => Windows((long)x[2 + i] + pads[i] + pads[2 + i], i))];
    }

    private int Kernel => w[2] * w[3];

    private int Points => outputs[0] * outputs[1];

    /// <summary>Y [N, M, H', W'] from X, W, offset, B and mask.</summary>
    public static Node Build(OperatorCall c)
    {
        var convolution = new DeformableConvolution(c);
        Node columns = convolution.Columns(c.X, convolution.Required(c[2], 2 * convolution.Kernel, 2), c.Optional(4) is { } mask
            ? convolution.Required(mask, convolution.Kernel, 4) : null);
        return ConvolutionRows.WithBias(c, convolution.Product(c[1], columns), 3);
    }

    private int Windows(long extent, int axis)
    {
        long room = extent - WindowBuilding.Reach(w[2 + axis], dilations[axis]);
        return room >= 0 && room < int.MaxValue ? (int)(room / strides[axis]) + 1
            : throw new InvalidOperandException($"a kernel {w} does not fit into {x}", 1);
    }

    private Node Required(Node value, int parts, int place)
    {
        Shape expected = Extents.ToShape([x[0], (long)offsetGroup * parts, outputs[0], outputs[1]]);
        return value.Shape.Equals(expected) ? value
            : throw new InvalidOperandException($"a value of shape {value.Shape}, expected {expected}", place);
    }

    // For each channel and element of the kernel, its sample at each point: [N, groups of offsets, C / groups, kernel × points].
    private Node Columns(Node image, Node offset, Node? mask)
    {
        int channels = x[1] / offsetGroup, pixels = OperatorCall.ToInt("the number of pixels", (long)x[2] * x[3]),
            each = OperatorCall.ToInt("the number of samples", (long)Kernel * Points);
        Node flat = b.Reshape(image, Shape.Of(x[0], offsetGroup, channels, pixels)),
            moves = b.Reshape(offset, Shape.Of(x[0], offsetGroup, Kernel, 2, Points));
        Tap[] rows = Taps(moves, 0), columns = Taps(moves, 1);
        Node? sum = null;
        foreach (Tap row in rows)
        {
            foreach (Tap column in columns)
            {
                Node place = b.Add(b.Mul(row.Index, b.Scalar(x[3], DType.Int64)), column.Index), weight = b.Mul(row.Weight, column.Weight);
                Node picked = b.GatherElements(flat,
                    b.Expand(b.Reshape(place, Shape.Of(x[0], offsetGroup, 1, each)), Shape.Of(x[0], offsetGroup, channels, each)), 3);
                Node part = b.Mul(picked, b.Reshape(weight, Shape.Of(x[0], offsetGroup, 1, each)));
                sum = sum is null ? part : b.Add(sum, part);
            }
        }

        return mask is null ? sum! : b.Mul(sum!, b.Reshape(mask, Shape.Of(x[0], offsetGroup, 1, each)));
    }

    private sealed record Tap(Node Index, Node Weight);

    // The two neighbours of each position along an axis, [N, groups of offsets, kernel, points].
    private Tap[] Taps(Node moves, int axis)
    {
        int points = Points;
        Node plain = b.Tabulated(new TensorType(moves.DType, Extents.ToShape([Kernel, points])), i =>
        {
            int element = axis == 0 ? i / points / w[3] : i / points % w[3], point = axis == 0 ? i % points / outputs[1] : i % points % outputs[1];
            return ((double)point * strides[axis]) + ((double)element * dilations[axis]) - begins[axis];
        });
        Node position = b.Add(b.Reshape(b.SliceAxis(moves, 3, axis, 1), Shape.Of(x[0], offsetGroup, Kernel, points)), plain);
        Node low = b.Floor(position), ratio = b.Sub(position, low);
        return [At(low, b.Sub(b.Scalar(1, ratio.DType), ratio), x[2 + axis]), At(b.Plus(low, 1), ratio, x[2 + axis])];
    }

    private Tap At(Node place, Node weight, int extent)
    {
        Node least = b.Scalar(0, place.DType), most = b.Scalar(extent - 1, place.DType);
        Node isInside = b.And(b.GreaterOrEqual(place, least), b.LessOrEqual(place, most));
        return new Tap(b.Cast(b.Where(isInside, place, least), DType.Int64), b.Where(isInside, weight, b.Scalar(0, weight.DType)));
    }

    private Node Product(Node kernel, Node columns)
    {
        int terms = OperatorCall.ToInt("the number of terms", (long)w[1] * Kernel);
        Node right = b.Reshape(columns, Shape.Of(x[0], group, terms, Points)), left = b.Reshape(kernel, Shape.Of(group, w[0] / group, terms));
        return b.Reshape(b.MatMul(left, right), Shape.Of(x[0], w[0], outputs[0], outputs[1]));
    }
}
