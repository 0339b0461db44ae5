using System.Globalization;
using System.Numerics;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine.Tracing;

/// <summary>Finds the first NaN or infinity by running the graph again node by node.</summary>
internal static class NonFiniteValues
{
    /// <summary>True if every element is a finite number (integers and truth values are).</summary>
    public static bool IsFinite(Tensor tensor) => FirstIn(tensor) < 0;

    /// <summary>True if all results of a plan are finite. A finite norm includes every gradient, so these need not be read again.</summary>
    public static bool AreFinite(IReadOnlyList<ResultKey> keys, Tensor[] values)
    {
        bool gradientsAreFinite = false;
        for (int i = 0; i < values.Length; i++)
        {
            gradientsAreFinite |= keys[i].Role == ResultRole.GradientNorm && IsFinite(values[i]);
        }

        for (int i = 0; i < values.Length; i++)
        {
            bool isSeen = gradientsAreFinite && keys[i].Role == ResultRole.Gradient;
            if (!isSeen && !IsFinite(values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first node per pass that produces a non-finite value, among the nodes whose operands are all finite and from which non-finite values lead
    /// to a result. A constant without a name, such as the −∞ of a mask, does not count.
    /// </summary>
    public static IReadOnlyList<NumericWarning> Trace(Graph graph, IReadOnlyList<Tensor> inputs, CancellationToken cancellationToken)
    {
        var spoiled = new HashSet<Node>();
        var makers = new List<(Node Node, NumericWarning Warning)>();
        HostExecutor.Interpret(graph, inputs, (node, value, operands) =>
        {
            int position = FirstIn(value);
            if (position < 0 || (node.Op == Structure.Constant && node.Name is null))
            {
                return;
            }

            spoiled.Add(node);
            if (!node.Inputs.Any(spoiled.Contains))
            {
                makers.Add((node, new NumericWarning(node.Origin.Shown ?? node.Op.Name, node.Origin.Pass, Reason(node, value, operands, position))));
            }
        }, cancellationToken);
        HashSet<Node> leading = Leading(graph, spoiled);
        return [.. makers.Where(maker => leading.Contains(maker.Node)).Select(maker => maker.Warning).DistinctBy(warning => warning.Pass)
            .OrderBy(warning => warning.Pass)];
    }

    // The nodes from which only non-finite values lead to a result.
    private static HashSet<Node> Leading(Graph graph, HashSet<Node> spoiled)
    {
        var leading = new HashSet<Node>();
        var next = new Stack<Node>(graph.Outputs.Select(output => output.Node));
        while (next.TryPop(out Node? node))
        {
            if (spoiled.Contains(node) && leading.Add(node))
            {
                Array.ForEach(node.Inputs, next.Push);
            }
        }

        return leading;
    }

    private static int FirstIn(Tensor tensor) => tensor.DType switch
    {
        DType.Float64 => FirstIn<double>(tensor.Values<double>()),
        DType.Float32 => FirstIn<float>(tensor.Values<float>()),
        _ => -1,
    };

    private static int FirstIn<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            // x − x is 0 for finite x, otherwise NaN.
            var x = new Vector<T>(values[i..]);
            if (!Vector.EqualsAll(x - x, Vector<T>.Zero))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Reason(Node node, Tensor value, IReadOnlyList<Tensor> operands, int position)
    {
        string at = value.Shape.Rank == 0 ? string.Empty : $" at [{string.Join(',', value.Shape.IndexOf(position))}]";
        if (node.IsLeaf())
        {
            return $"the {(node.Op == Structure.Input ? "input" : "constant")} is {Text(value[position])}{at}";
        }

        double[] x = [.. operands.Select(operand => At(operand, value.Shape, position))];
        string made = Text(value[position]);
        if (node.Origin == GradientNorm.Origin)
        {
            return $"the norm of all gradients is beyond the range of {node.DType.Label()}";
        }

        string name = NameOf(node);
        string within = node.Origin.Source?.Function is { } function ? $" in {function}" : string.Empty;
        string where = within + (node.Origin.Pass == Pass.Backward ? $" in the derivative of {node.Origin.Shown}" : string.Empty);
        return (node.Op.Name, x) switch
        {
            ("Log", [0]) => $"log of 0{where}{at}",
            ("Log", [< 0]) => $"log of the negative number {Text(x[0])}{where}{at}",
            ("Log1p", [-1]) => $"log1p of -1{where}{at}",
            ("Sqrt", [< 0]) => $"square root of the negative number {Text(x[0])}{where}{at}",
            ("Div", [0, 0]) when node.Inputs[0] == node.Inputs[1] && node.Inputs[0].Op == Elementwise.CastOp =>
                $"the norm is 0, where it has no second derivative{where}{at}",
            ("Div", [_, 0]) when IsGap(node.Inputs[1]) =>
                $"eigenvalues or singular values coincide or are 0, so that their vectors have no derivative{where}{at}",
            ("Div", [0, 0]) => $"0 divided by 0{where}{at}",
            ("Div", [_, 0]) => $"{Text(x[0])} divided by 0{where}{at}",
            ("Solve" or "LogAbsDet", _) => $"the matrix is singular{where}{at}",
            ("TriangularSolve", _) => $"there is a zero on the diagonal of the triangular matrix{where}{at}",
            ("Cholesky", _) => $"the matrix is not positive definite{where}{at}",
            ("Exp" or "Expm1" or "Sinh" or "Cosh", [_]) => $"{name} of {Text(x[0])} is too large{where}{at}",
            (_, [_]) => $"{name} of {(operands[0].Shape.Equals(value.Shape) ? Text(x[0]) : operands[0].Shape.ToString())} is {made}{where}{at}",
            (_, [_, _]) when operands.All(operand => Shape.Broadcast(operand.Shape, value.Shape)?.Equals(value.Shape) == true) =>
                $"{name} of {Text(x[0])} and {Text(x[1])} is {made}{where}{at}",
            _ => $"{name} made {made}{where}{at}",
        };
    }

    // True if the divisor consists of differences of eigenvalues or singular values.
    private static bool IsGap(Node divisor)
    {
        const int MostSteps = 40;
        var pending = new Queue<Node>([divisor]);
        for (int step = 0; step < MostSteps && pending.TryDequeue(out Node? next); step++)
        {
            if (next.Op == Factorizations.EighOp || next.Op == Factorizations.SVDOp)
            {
                return true;
            }

            if (next.Op.Name is "Where" or "Sub" or "Add" or "Mul" or "Reshape" or "Slice" or "Transpose" or "Expand" or "Concat")
            {
                next.Inputs.ToList().ForEach(pending.Enqueue);
            }
        }

        return false;
    }

    private static string NameOf(Node node) => node.Op.Name switch
    {
        "ReduceL2" => "norm",
        "Sub" => "difference",
        "Mul" => "product",
        "Div" => "quotient",
        "Add" => "sum",
        "Pow" => "power",
        string reduction when reduction.StartsWith("Reduce", StringComparison.Ordinal) => reduction[6..].ToLowerInvariant(),
        string other => other.ToLowerInvariant(),
    };

    // The operand's element that is broadcast to a position of the result.
    private static double At(Tensor operand, Shape shape, int position)
    {
        if (operand.Count == 0 || Shape.Broadcast(operand.Shape, shape)?.Equals(shape) != true)
        {
            return double.NaN;
        }

        int[] index = shape.IndexOf(position);
        long[] strides = operand.Shape.Strides();
        long nodeIndex = 0;
        for (int axis = 0; axis < operand.Shape.Rank; axis++)
        {
            nodeIndex += operand.Shape[axis] == 1 ? 0 : index[shape.Rank - operand.Shape.Rank + axis] * strides[axis];
        }

        return operand[(int)nodeIndex];
    }

    private static string Text(double x) => double.IsNaN(x) ? "NaN" : double.IsInfinity(x) ? x > 0 ? "infinity" : "-infinity"
        : x.ToString("R", CultureInfo.InvariantCulture);
}
