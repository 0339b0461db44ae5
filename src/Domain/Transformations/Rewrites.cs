using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Algebraic identities that hold for every IEEE 754 number.</summary>
internal sealed class Rewrites(GraphBuilder b, bool forExecution)
{
    private readonly Dictionary<Node, double?> uniform = [];

    // The largest constants that folding makes.
    private const int LargestLookedAt = 4096;

    /// <summary>A simpler node of the same value, or the node itself.</summary>
    public Node Apply(Node node)
    {
        if (node.IsLeaf())
        {
            return node;
        }

        Node bare = WithoutExpansion(node);
        Node? simpler = bare.Op.Name switch
        {
            "Identity" => bare.Inputs[0],
            "StopGradient" when forExecution => bare.Inputs[0],
            "Mul" => Product(bare),
            "Div" when Uniform(bare.Inputs[1]) == 1 => bare.Inputs[0],
            "Sub" when IsPositiveZero(bare.Inputs[1]) => bare.Inputs[0],
            "NormGrad" when forExecution => Norms.Executable(b, bare),
            "ReduceL2" when forExecution && bare.Inputs[0].Type.Count == bare.Type.Count => SingleNorm(bare),
            "Neg" when bare.Inputs[0].Op == Elementwise.NegOp => bare.Inputs[0].Inputs[0],
            "Pow" => Power(bare),
            "Where" => Choice(bare),
            "Reshape" when bare.Inputs[0].Op == Layout.ReshapeOp => b.Reshape(bare.Inputs[0].Inputs[0], bare.Shape),
            "Expand" when bare.Inputs[0].Op == Layout.ExpandOp => b.Expand(bare.Inputs[0].Inputs[0], bare.Shape),
            "Transpose" when bare.Inputs[0].Op == Layout.TransposeOp => Permutation(bare),
            "Slice" when bare.Inputs[0].Op == Convolutions.ConvOp => CutEarlier(bare),
            "ReduceSum" when PutAlone(bare) is { } put => b.Full(bare.Type, put),
            "ReduceSum" when bare.Inputs[0].Type.Count == bare.Type.Count && bare.Type.Count > 0 => b.Reshape(bare.Inputs[0], bare.Shape),
            _ => null,
        };
        return simpler is not null && simpler.Type == node.Type ? simpler : bare;
    }

    private Node? Product(Node node)
    {
        (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
        return Uniform(y) switch
        {
            1 => x,
            -1 => b.Neg(x),
            _ => Uniform(x) switch { 1 => y, -1 => b.Neg(y), _ => null },
        };
    }

    private Node SingleNorm(Node node)
    {
        Node x = b.Reshape(node.Inputs[0], node.Shape);
        double epsilon = Norms.Epsilon(node);
        return epsilon == 0 ? b.Abs(x) : b.Hypot(x, b.Scalar(Math.Sqrt(epsilon), x.DType));
    }

    private Node? Power(Node node) => Uniform(node.Inputs[1]) switch
    {
        1 => node.Inputs[0],
        2 => b.Square(node.Inputs[0]),
        _ => null,
    };

    private Node? Choice(Node node) => Uniform(node.Inputs[0]) switch
    {
        1 => node.Inputs[1],
        0 => node.Inputs[2],
        _ => ReferenceEquals(node.Inputs[1], node.Inputs[2]) ? node.Inputs[1] : null,
    };

    // A single nonzero number among zeros along the axis is the sum. Occurs in the gradient of a loss with respect to its scores.
    private double? PutAlone(Node sum)
    {
        Node scatter = sum.Inputs[0];
        bool fits = scatter.Op.Name == "ScatterElements" && scatter.Text("reduction") is "none" or "add"
            && sum.Integers("axes") is [int axis] && axis == scatter.Integer("axis") && scatter.Inputs[1].Shape[axis] == 1;
        return fits && scatter.Inputs[1].Type.Count == sum.Type.Count && Uniform(scatter.Inputs[0]) == 0 && Uniform(scatter.Inputs[2]) is { } put
            && put != 0
            ? put
            : null;
    }

    // Parts that are cut off a padded convolution need not be computed: the padding is reduced instead. Occurs in the transpose of a padded
    // convolution.
    private Node? CutEarlier(Node cut)
    {
        (Node conv, Node padded, int rank) = (cut.Inputs[0], cut.Inputs[0].Inputs[0], cut.Shape.Rank);
        int[] starts = cut.Integers("starts");
        if (padded.Op != Layout.PadOp || cut.Integers("steps").Concat(conv.Integers("strides")).Any(step => step != 1))
        {
            return null;
        }

        int[] pads = padded.Integers("pads");
        int[] begins = [.. starts.Select((start, axis) => pads[axis] - start)];
        int[] ends = [.. starts.Select((start, axis) => pads[rank + axis] - (conv.Shape[axis] - start - cut.Shape[axis]))];
        bool isSpatial = conv.Shape.Dims[..2].SequenceEqual(cut.Shape.Dims[..2]) && begins.Concat(ends).All(border => border >= 0);
        return isSpatial
            ? b.Conv(b.Pad(padded.Inputs[0], begins, ends, padded.Inputs[1]), conv.Inputs[1], conv.Integers("strides"), conv.Integers("dilations"),
                conv.Integer("group"))
            : null;
    }

    private Node Permutation(Node node)
    {
        int[] inner = node.Inputs[0].Integers("perm");
        return b.Transpose(node.Inputs[0].Inputs[0], [.. node.Integers("perm").Select(axis => inner[axis])]);
    }

    // Elementwise operations broadcast by themselves: an operand need not be expanded if the result stays the same.
    private Node WithoutExpansion(Node node)
    {
        if (node.Inputs.Length < 2 || !IsBroadcasting(node.Op) || !node.Inputs.Any(input => input.Op == Layout.ExpandOp))
        {
            return node;
        }

        var inputs = (Node[])node.Inputs.Clone();
        bool changed = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Op != Layout.ExpandOp)
            {
                continue;
            }

            Node expanded = inputs[i];
            inputs[i] = expanded.Inputs[0];
            bool same = node.Shape.Equals(inputs.Aggregate(Shape.Scalar, (shape, input) => Shape.Broadcast(shape, input.Shape)!));
            changed |= same;
            inputs[i] = same ? inputs[i] : expanded;
        }

        return changed ? b.Make(node.Op, node.Type, inputs, node.Attributes) : node;
    }

    private static bool IsBroadcasting(Primitive op) =>
        op.Name is "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Max" or "Min" or "Mod" or "Atan2" or "Hypot"
        or "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Xor" or "Where";

    // The number that all elements have, if known: looked up once per node, so that a long path to a constant is walked once.
    private double? Uniform(Node node)
    {
        var way = new List<Node>();
        double? number;
        while (!uniform.TryGetValue(node, out number))
        {
            if (node.Op != Layout.ExpandOp && node.Op != Layout.ReshapeOp)
            {
                bool isUniform = node.Value is { Count: >= 1 and <= LargestLookedAt } value
                    && Enumerable.Range(1, value.Count - 1).All(i => value[i].Equals(value[0]));
                number = isUniform ? node.Value![0] : null;
                if (node.Value is not null)
                {
                    uniform[node] = number;
                }

                break;
            }

            way.Add(node);
            node = node.Inputs[0];
        }

        way.ForEach(passed => uniform[passed] = number);
        return number;
    }

    private bool IsPositiveZero(Node node) => Uniform(node) is { } value && BitConverter.DoubleToInt64Bits(value) == 0;
}
