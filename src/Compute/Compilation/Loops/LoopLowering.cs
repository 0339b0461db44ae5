using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>
/// Lowers the members of a group to functions and reductions of rows: a softmax becomes a maximum, differences, exponentials, a sum and quotients.
/// </summary>
internal sealed class LoopLowering(Graph graph, int[] indices, int[] roots, LoopRoles roles)
{
    private readonly List<LoopValue> values = [];
    private readonly List<LoopOperand> inputs = [];
    private readonly Dictionary<int, int> members = [];
    private readonly Dictionary<int, (int Powers, int Sum)> logarithms = [];
    private readonly Dictionary<(int Value, OperandShape Extent, string Strides, bool IsChosen), int> given = [];

    /// <summary>The values in order, operands first.</summary>
    public IReadOnlyList<LoopValue> Values => values;

    /// <summary>The values from outside.</summary>
    public IReadOnlyList<LoopOperand> Inputs => inputs;

    /// <summary>The number of a member's value.</summary>
    public int this[int index] => members[index];

    /// <summary>Adds a member whose operands have been added.</summary>
    public void Add(int index)
    {
        Node node = graph.Nodes[index];
        members[index] = node.Op.Name switch
        {
            "Softmax" => Softmax(node),
            "LogSoftmax" => LogSoftmax(node),
            "Exp" when ExpOfLogSoftmax(node) is { } softmax => softmax,
            "ReduceLogSumExp" => LogSumExp(node),
            "ReduceSum" => Reduced(index, node, "Add"),
            "ReduceMax" => Reduced(index, node, "Max"),
            "ReduceMin" => Reduced(index, node, "Min"),
            "ReduceL2" => Norm(index, node),
            "Expand" => Function("Identity", OperandShape.Elementwise, Wide(node, 0)),
            "GatherElements" => Fold("Or", Function("Pick", OperandShape.Elementwise, Wide(node, 0), Chosen(node))),
            "ScatterElements" =>
                Function(node.Text("reduction") == "add" ? "PutAdded" : "Put", OperandShape.Elementwise, Wide(node, 0), Chosen(node), Wide(node, 2)),
            _ when roles[index] == LoopRole.PerRow => Elementwise(index, node, OperandShape.PerRow),
            _ => Elementwise(index, node, OperandShape.Elementwise),
        };
    }

    /// <summary>
    /// Delays values that depend only on values from outside to the pass that needs them, so that they need not be kept until then. Called after all
    /// members have been added.
    /// </summary>
    public void Sink()
    {
        var firstUse = new int[values.Count];
        Array.Fill(firstUse, int.MaxValue);
        for (int number = values.Count - 1; number >= 0; number--)
        {
            LoopValue value = values[number];
            bool moves = value.Shape == OperandShape.Elementwise && value.Function.Length > 0 && !LoopOperation.IsLong(value.Function)
                && firstUse[number] is > 0 and < int.MaxValue && value.Operands.All(operand => values[operand].IsGiven || IsSoon(operand, number));
            value = values[number] = moves ? value with { Phase = firstUse[number] } : value;
            foreach (int operand in value.Operands)
            {
                firstUse[operand] = Math.Min(firstUse[operand], value.Phase);
            }
        }

        // An operand can be delayed, too, if it depends only on values from outside and no earlier user needs it.
        bool IsSoon(int operand, int user) =>
            values[operand].Shape == OperandShape.Elementwise && values[operand].Function.Length > 0
                && !LoopOperation.IsLong(values[operand].Function)
            && firstUse[operand] >= firstUse[user] && values[operand].Operands.All(source => values[source].IsGiven);
    }

    private int Elementwise(int index, Node node, OperandShape extent)
    {
        string function = LoopOperation.Of(node, roles.DType(index))!;
        int taken = node.Op.Name == "Pow" ? 1 : node.Inputs.Length; // the exponent is in the function
        return Function(function, extent,
            [.. Enumerable.Range(0, taken).Select(i => extent == OperandShape.Elementwise ? Wide(node, i) : Narrow(node, i))]);
    }

    private int Softmax(Node node)
    {
        int x = Wide(node, 0);
        int powers = Function("Exp", OperandShape.Elementwise, Function("Sub", OperandShape.Elementwise, x, Fold("MaxNative", x)));
        return Function("Div", OperandShape.Elementwise, powers, Fold("Add", powers));
    }

    private int LogSoftmax(Node node)
    {
        int x = Wide(node, 0);
        int difference = Function("Sub", OperandShape.Elementwise, x, Fold("MaxNative", x));
        int powers = Function("Exp", OperandShape.Elementwise, difference);
        int sum = Fold("Add", powers);
        int logarithm = Function("Sub", OperandShape.Elementwise, difference, Fold(RowFolds.LogSum, difference, sum));
        logarithms[logarithm] = (powers, sum);
        return logarithm;
    }

    // The gradient of a log-softmax needs its exponential, which is the softmax. The powers are already there, and one more rounding is less than the
    // error of exponentiating the rounded logarithm.
    private int? ExpOfLogSoftmax(Node node) =>
        members.TryGetValue(roots[indices[node.Inputs[0].Id]], out int operand) && logarithms.TryGetValue(operand, out (int Powers, int Sum) of)
            ? Function("Mul", OperandShape.Elementwise, of.Powers, Function("Reciprocal", OperandShape.PerRow, of.Sum))
            : null;

    private int LogSumExp(Node node)
    {
        int x = Wide(node, 0);
        int shift = Function("Finite", OperandShape.PerRow, Fold("MaxNative", x));
        int difference = Function("Sub", OperandShape.Elementwise, x, shift);
        int sum = Fold("Add", Function("Exp", OperandShape.Elementwise, difference));
        return Function("Add", OperandShape.PerRow, shift, Fold(RowFolds.LogSum, difference, sum));
    }

    // If its squares leave the range, its elements are read a second time, so they are stored in memory and the norm has a pass of its own.
    private int Norm(int index, Node node)
    {
        int norm = Reduced(index, node, RowFolds.Norm);
        values[norm] = values[norm] with { Epsilon = Norms.Epsilon(node) };
        return norm;
    }

    private int Reduced(int index, Node node, string fold) =>
        Add(new LoopValue(roles[index] == LoopRole.Total ? OperandShape.Scalar : OperandShape.PerRow, false, string.Empty, [Wide(node, 0)], fold, 0));

    private int Fold(string fold, params int[] operands) => Add(new LoopValue(OperandShape.PerRow, false, string.Empty, operands, fold, 0));

    private int Function(string name, OperandShape extent, params int[] operands)
    {
        bool isTruth = LoopOperation.IsTruth(name) || (name is "Where" or "Identity" && values[operands[^1]].IsTruth);
        return Add(new LoopValue(extent, isTruth, name, operands, string.Empty, 0));
    }

    private int Add(LoopValue value)
    {
        int least = value.Operands.Max(operand => values[operand].ReadyAt);
        bool isNarrow = value.Shape == OperandShape.PerRow && value.Fold.Length == 0;
        int phase = Math.Max(least, 0);
        values.Add(value with { Phase = phase % 2 == (isNarrow ? 0 : 1) ? phase : phase + 1 });
        return values.Count - 1;
    }

    // An operand of an operation over the elements: another member, or a value from outside, possibly broadcast.
    private int Wide(Node node, int operand)
    {
        Node input = node.Inputs[operand];
        int source = roots[indices[input.Id]];
        if (members.TryGetValue(source, out int value))
        {
            return value;
        }

        if (input.Type.Count == 1)
        {
            return Given(source, OperandShape.Scalar, [], input.DType);
        }

        Shape domain = node.Op.Name is "GatherElements" || roles[indices[node.Id]] == LoopRole.Fold || roles[indices[node.Id]] == LoopRole.Total
            ? node.Inputs[0].Shape
            : node.Shape;
        if (input.Type.Count == domain.Count)
        {
            return Given(source, OperandShape.Elementwise, domain.Strides()[..^1], input.DType);
        }

        long[] strides = LoopNest.Broadcast(input.Shape, domain.Rank);
        return Given(source, strides[^1] == 0 ? OperandShape.PerRow : OperandShape.Elementwise, strides[..^1], input.DType);
    }

    private int Narrow(Node node, int operand)
    {
        Node input = node.Inputs[operand];
        int source = roots[indices[input.Id]];
        return members.TryGetValue(source, out int value) ? value
            : input.Type.Count == 1 ? Given(source, OperandShape.Scalar, [], input.DType)
            : Given(source, OperandShape.PerRow, RowStrides(roles.Domain(indices[node.Id])), input.DType);
    }

    private int Chosen(Node node) =>
        Given(roots[indices[node.Inputs[1].Id]], OperandShape.PerRow, RowStrides(roles.Domain(indices[node.Id])), node.DType, node);

    private int Given(int source, OperandShape extent, long[] strides, DType dtype, Node? chooser = null)
    {
        var key = (source, extent, string.Join(',', strides), chooser is not null);
        if (!given.TryGetValue(key, out int value))
        {
            inputs.Add(new LoopOperand(source, extent, strides, chooser));
            values.Add(new LoopValue(extent, dtype == DType.Bool, string.Empty, [], string.Empty, -1) { Input = inputs.Count - 1 });
            given[key] = value = values.Count - 1;
        }

        return value;
    }

    private static long[] RowStrides(Shape domain) => Shape.Of(domain.Dims[..^1]).Strides();
}
