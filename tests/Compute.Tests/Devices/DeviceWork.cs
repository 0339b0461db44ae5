using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Devices;

/// <summary>Work for devices by name and size: every kind of kernel, especially those with much work per thread.</summary>
internal static class DeviceWork
{
    /// <summary>A size that takes minutes on the emulated device.</summary>
    public const int Heavy = 1 << 22;

    /// <summary>A size that takes moments, with the same kernels.</summary>
    public const int Light = 1 << 13;

    private static readonly Dictionary<string, Func<GraphBuilder, Func<TensorType, Node>, int, Node>> Work = new()
    {
        ["Add"] = (b, input, n) => b.Add(input(F64(n)), input(F64(n))),
        ["Polygamma"] = (b, input, n) => b.Polygamma(input(F64(n)), 3),
        ["Chain"] = (b, input, n) => Enumerable.Range(0, 100).Aggregate(input(F64(n)), (y, i) => i % 2 == 0 ? b.Tanh(y) : b.Plus(y, i)),
        ["Transpose"] = (b, input, n) => b.Transpose(input(F64(n / 64, 64)), [1, 0]),
        ["ReduceSum"] = (b, input, n) => b.ReduceSum(input(F64(n)), [0], false),
        ["CumSum"] = (b, input, n) => Node(b, "CumSum", F64(n), [input(F64(n))], ("axis", 0L), ("exclusive", 0L), ("reverse", 0L)),
        ["ArgMax"] = (b, input, n) => Node(b, "ArgMax", I64(1), [input(F64(n))], ("axis", 0L), ("select_last_index", 0L)),
        ["ArgTopK"] = (b, input, n) => Node(b, "ArgTopK", I64(n / 2), [input(F64(n))], ("axis", 0L), ("k", (long)(n / 2)), ("largest", 1L)),
        ["Softmax"] = (b, input, n) => Node(b, "Softmax", F64(n), [input(F64(n))], ("axis", 0L)),
        ["Gather"] = (b, input, n) => b.Gather(input(F64(n)), b.Iota(n), 0),
        ["ScatterElements"] = (b, input, n) => Node(
            b, "ScatterElements", F64(2), [input(F64(2)), b.Constant(Tensor.Zeros(I64(n))), input(F64(n))], ("axis", 0L), ("reduction", "add")),
        ["MatMul"] = (b, input, n) => b.MatMul(input(F64(Side(n), Side(n))), input(F64(Side(n), Side(n)))),
        ["MatMul of long sums"] = (b, input, n) => b.MatMul(input(F64(2, n)), input(F64(n, 3))),
        ["Conv"] = (b, input, n) => Node(
            b, "Conv", F64(1, 2, (Side(n) / 4) - 2, (Side(n) / 4) - 2), [input(F64(1, 2, Side(n) / 4, Side(n) / 4)), input(F64(2, 2, 3, 3))], ("strides", new[] { 1, 1 }), ("dilations", new[] { 1, 1 }), ("group", 1L)),
        ["Fold"] = (b, input, n) => Node(
            b, "Fold", F64((n / 4) + 1), [input(F64(2, n / 4))], ("axis", 0L), ("extent", (n / 4) + 1L), ("stride", 1L), ("dilation", 1L)),
        ["ArgMaxPool"] = (b, input, n) => Node(
            b, "ArgMaxPool", I64(1, n / 4), [input(F64(1, (n / 2) - 1))], ("kernel_shape", new[] { n / 4 }), ("strides", new[] { 1 }), ("dilations", new[] { 1 }), ("pads", new[] { 0, 0 })),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => Work.Keys;

    /// <summary>A plan for devices, and values to run it on.</summary>
    public static (Plan Plan, Tensor[] Inputs) Make(string name, int size)
    {
        var b = new GraphBuilder();
        var inputs = new List<Node>();
        Node result = Work[name](b, Input, size);
        Tensor[] values = [.. inputs.Select((input, i) => Random(input.Type, i))];
        return (Plan.Compile(new Graph(inputs, [new NamedNode("y", result)]), PlanTarget.Device), values);

        Node Input(TensorType type)
        {
            Node input = b.Input($"x{inputs.Count}", type);
            inputs.Add(input);
            return input;
        }
    }

    private static int Side(int count) => (int)Math.Sqrt(count);

    private static Node Node(GraphBuilder b, string op, TensorType type, Node[] operands, params (string Name, AttributeValue Value)[] attributes) =>
        b.Make(Named(op), type, operands, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
}
