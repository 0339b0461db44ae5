using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>
/// How the cotangent of a result becomes the contribution to an operand (vector-Jacobian product), unless the operator is elementwise with operands
/// of one shape. In braces:
/// <c>{g}</c> is the cotangent, <c>{y}</c> the result, <c>{s}</c> the shape of the operand, <c>{n}</c> the number of elements per result, any other
/// name an operand; operands are separated as in the operator table. Sources: Giles 2008, "Collected matrix derivative results"; ONNX's definitions.
/// </summary>
internal static class PullbackRules
{
    private const string Reshaped = "{g}, reshaped to {s}";
    private const string Summed = ", summed over the repeated axes";

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        // Elementwise operators whose operand is repeated.
        ["Add"] = "{g}" + Summed,
        ["Sum"] = "{g}" + Summed,
        ["Sub"] = $"a: {{g}}{Summed}; b: -{{g}}{Summed}",
        ["Mul"] = $"a: {{g}} ⊙ {{b}}{Summed}; b: {{g}} ⊙ {{a}}{Summed}",
        ["Div"] = $"a: {{g}} / {{b}}{Summed}; b: -{{g}} ⊙ {{a}} / {{b}}²{Summed}",
        ["Pow"] = $"a: {{g}} ⊙ {{b}} ⊙ {{a}}^({{b}} - 1){Summed}; b: {{g}} ⊙ {{y}} ⊙ log({{a}}){Summed}",
        ["Where"] = $"x: {{g}} where the condition holds{Summed}; y: {{g}} where the condition does not hold{Summed}",

        ["MatMul"] = "a: {g} · {b}ᵀ; b: {a}ᵀ · {g}",
        ["MatMul of vectors"] = "a: {g} · {b}; b: {g} · {a}",
        ["Gemm"] = $"a: {{g}} · {{b}}ᵀ; b: {{a}}ᵀ · {{g}}; c: {{g}}{Summed}",
        ["Gemm transA"] = $"a: {{b}} · {{g}}ᵀ; b: {{a}} · {{g}}; c: {{g}}{Summed}",
        ["Gemm transB"] = $"a: {{g}} · {{b}}; b: {{g}}ᵀ · {{a}}; c: {{g}}{Summed}",
        ["Gemm transA transB"] = $"a: {{b}}ᵀ · {{g}}ᵀ; b: {{g}}ᵀ · {{a}}ᵀ; c: {{g}}{Summed}",
        ["Transpose"] = "{g}ᵀ",
        ["Transpose of several axes"] = "{g}, with its axes back in the order of the operand",
        ["ReduceSum"] = "1 · {g}, repeated to {s}",
        ["ReduceMean"] = "1/{n} · {g}, repeated to {s}",
        ["ReduceSumSquare"] = "2 · {x} ⊙ {g}",
        ["ReduceL1"] = "sign({x}) ⊙ {g}",
        ["ReduceL2"] = "{x} / {y} ⊙ {g}",
        ["ReduceProd"] = "{g} ⊙ the product of the other elements",
        ["ReduceLogSum"] = "{g} / exp({y}), repeated to {s}",
        ["ReduceLogSumExp"] = "exp({x} - {y}) ⊙ {g}",
        ["ReduceMax"] = "{g} where the maximum is, shared by equal ones, else 0",
        ["ReduceMin"] = "{g} where the minimum is, shared by equal ones, else 0",
        ["Softmax"] = "{y} ⊙ ({g} - ⟨{g}, {y}⟩)",
        ["SoftmaxCrossEntropyLoss"] = "scores: {g} · (softmax({scores}) - one-hot({labels})), divided by the number of labels",
        ["LogSoftmax"] = "{g} - exp({y}) ⊙ Σ {g}",
        ["Reshape"] = Reshaped,
        ["Flatten"] = Reshaped,
        ["Squeeze"] = Reshaped,
        ["Unsqueeze"] = Reshaped,
        ["Identity"] = "{g}",
        ["Expand"] = "{g}, summed over the repeated axes",
        ["Tile"] = "{g}, summed over the repetitions",
        ["Concat"] = "the part of {g} that came from this operand",
        ["Split"] = "{g}, put back in its place among zeros",
        ["Slice"] = "{g}, put back in its place among zeros",
        ["Pad"] = "{g} without the border",
        ["Gather"] = "{g}, added at the positions {indices}",
        ["GatherElements"] = "{g}, added at the positions {indices}",
        ["GatherND"] = "{g}, added at the positions {indices}",
        ["CumSum"] = "{g}, summed cumulatively from the other end",
        ["Trilu"] = "{g} in the triangle that was kept, else 0",
        ["TopK"] = "{g}, put back at the positions of the largest among zeros",
        ["Conv"] = "x: {g}, convolved with the flipped kernel {w}; w: {x}, correlated with {g}; b: {g}, summed over all but the channels",
        ["ConvTranspose"] = "x: {g}, correlated with the kernel {w}; w: {g}, correlated with {x}; b: {g}, summed over all but the channels",
        ["MaxPool"] = "{g}, at the position of the largest element of each window, else 0",
        ["AveragePool"] = "{g}, shared equally by the elements of each window",
        ["GlobalMaxPool"] = "{g}, at the position of the largest element, else 0",
        ["GlobalAveragePool"] = "1/{n} · {g}, repeated to {s}",
        ["Solve"] = "B: {A}⁻ᵀ · {g}; A: -({A}⁻ᵀ · {g}) · {y}ᵀ",
        ["Inverse"] = "-{y}ᵀ · {g} · {y}ᵀ",
        ["Det"] = "{g} · adj({X})ᵀ",
        ["LogAbsDet"] = "{g} · {A}⁻ᵀ",
    };

    /// <summary>The rule of a node for one of its operands; null if there is none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operand">The name of the operand in the operator table.</param>
    /// <param name="rank">The rank of the result.</param>
    public static string? Find(NodeDefinition node, string operand, int rank)
    {
        if (!Rules.TryGetValue(Form(node, rank), out string? rule))
        {
            return null;
        }

        string[] parts = rule.Split("; ");
        string? own = parts.FirstOrDefault(part => part.StartsWith(operand + ": ", StringComparison.Ordinal));
        string? found = own is not null ? own[(operand.Length + 2)..] : parts.Length == 1 ? rule : null;
        return found is null ? null : Factor(node, operand) + found;
    }

    private static string Form(NodeDefinition node, int rank) => node.Op switch
    {
        "MatMul" when rank == 0 => "MatMul of vectors",
        "SoftmaxCrossEntropyLoss" when node.Inputs.Count != 2 || node.Attributes.Count > 0 => "SoftmaxCrossEntropyLoss of some labels",
        "Transpose" when rank != 2 => "Transpose of several axes",
        "Gemm" => $"Gemm{(Attribute(node, "transA", 0) != 0 ? " transA" : "")}{(Attribute(node, "transB", 0) != 0 ? " transB" : "")}",
        _ => node.Op,
    };

    private static string Factor(NodeDefinition node, string operand)
    {
        double factor = node.Op == "Gemm" ? Attribute(node, operand == "c" ? "beta" : "alpha", 1) : 1;
        return factor == 1 ? "" : $"{ValueText.Number(factor)} · ";
    }

    private static double Attribute(NodeDefinition node, string name, double otherwise) =>
        node.Attributes.TryGetValue(name, out AttributeValue? value) && value.Numbers is { Value.Count: 1 } number ? number.Value[0] : otherwise;
}
