using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>
/// Primitives that ONNX lacks are written in our own domain. Functions in the model define them for other programs if ONNX's operators can compute
/// them; the gamma functions and scatters of maxima have none and run only here. Sources: DLMF 4.37.24 (log1p), 4.35.28 (expm1), 7.2.2 (erfc).
/// </summary>
internal static class ExtensionFunctions
{
    private static readonly OperatorSet[] Sets = [new("", 17)];

    private static readonly OnnxFunction[] All =
    [
        // Near 0 the plain formulas would lose the digits for which these functions exist.
        Function("Log1p", ["x"], ["two = Two", "below = Add x two", "ratio = Div x below", "half = Atanh ratio", "y = Mul half two"]),
        Function("Expm1", ["x"],
            ["two = Two", "half = Div x two", "odd = Sinh half", "power = Exp half", "product = Mul odd power", "y = Mul product two"]),
        Function("Erfc", ["x"], ["one = One", "erf = Erf x", "y = Sub one erf"]),
        Function("NormGrad", ["g", "x", "norm"],
        [
            "zero = Sub norm norm", "zeros = Equal norm zero", "one = One", "divisor = Where zeros one norm", "unit = Div x divisor",
            "product = Mul g unit", "y = Where zeros zero product",
        ]),
        Function("Hypot", ["a", "x"],
        [
            "left = Abs a", "right = Abs x", "above = Max left right", "below = Min left right", "zero = Sub above above", "zeros = Equal above zero",
            "one = One", "divisor = Where zeros one above", "ratio = Div below divisor", "square = Mul ratio ratio", "sum = Add one square",
                "root = Sqrt sum", "y = Mul above root",
        ]),
        Function("StopGradient", ["x"], ["y = Identity x"]),
        Function("Atan2", ["a", "x"],
        [
            "one = One", "zero = Sub one one", "minus = Neg one", "pi = Acos minus", "ratio = Div a x", "angle = Atan ratio", "above = Add angle pi",
                "under = Sub angle pi",
            "below = Less a zero", "behind = Where below under above", "left = Less x zero", "turned = Where left behind angle",
                "middle = Equal x zero",
            "two = Two", "right = Div pi two", "sign = Sign a", "upright = Mul sign right", "y = Where middle upright turned",
        ]),
    ];

    /// <summary>The domain of a primitive.</summary>
    public static string DomainOf(Node node) =>
        OperatorTable.Extensions.Contains(node.Op.Name)
            || (node.Attributes.TryGetValue("reduction", out AttributeValue? reduction) && reduction.Texts![0] is "max" or "min") ? OnnxDomains.Own
            : OnnxDomains.Standard;

    /// <summary>The functions called by nodes.</summary>
    public static IReadOnlyList<OnnxFunction> Of(IEnumerable<OnnxNode> nodes)
    {
        HashSet<string> called = [.. nodes.Where(node => node.Domain == OnnxDomains.Own).Select(node => node.Operator)];
        return [.. All.Where(function => called.Contains(function.Name))];
    }

    // Each line is "value = Operator operands"; One and Two are numbers of x's type.
    private static OnnxFunction Function(string name, string[] inputs, string[] lines) => new()
    {
        Name = name,
        Domain = OnnxDomains.Own,
        Inputs = inputs,
        Outputs = ["y"],
        Nodes = [.. lines.SelectMany(line => Nodes(line.Split(' '), inputs[^1]))],
        OperatorSets = Sets,
    };

    private static IEnumerable<OnnxNode> Nodes(string[] words, string like) => words[2] switch
    {
        "One" => Number(words[0], 1, like),
        "Two" => Number(words[0], 2, like),
        string op => [new OnnxNode { Operator = op, Inputs = words[3..], Outputs = [words[0]] }],
    };

    private static OnnxNode[] Number(string name, float value, string like) =>
    [
        new OnnxNode { Operator = "Constant", Outputs = [name + "_"], Attributes = [OnnxAttribute.Of("value_float", value)] },
        new OnnxNode { Operator = "CastLike", Inputs = [name + "_", like], Outputs = [name] },
    ];
}
