using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Functions of single elements.</summary>
internal static class ElementwiseFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> All { get; } =
    [
        .. Unary, .. Activations, .. Comparisons,
        ("pow power float_power", Simple("Pow", 2)),
        ("atan2 arctan2", Simple("Atan2", 2)),
        ("hypot", Simple("Hypot", 2)),
        ("maximum", Simple("Max", 2)),
        ("minimum", Simple("Min", 2)),
        ("where", Simple("Where", 3)),
        ("fmod", new("x, y", Remainder, "Mod")),
        ("clip clamp", new("x, min=None, max=None", Clip, "Clip")),
        ("polygamma", new("x, n=", Polygamma, "Polygamma")), ("zeta", new("s, q?", Zeta)),
        ("multiply", Simple("Mul", 2)), ("subtract", Simple("Sub", 2)), ("divide true_divide", Simple("Div", 2)),
    ];

    private static IEnumerable<(string Names, Function Function)> Unary =>
    [
        ("exp", Simple("Exp", 1)), ("log", new("x, base?", Logarithm, "Log")), ("ln", Simple("Log", 1)),
        ("log1p", Simple("Log1p", 1)), ("expm1", Simple("Expm1", 1)),
        ("sin", Simple("Sin", 1)), ("cos", Simple("Cos", 1)), ("tan tg", Simple("Tan", 1)),
        ("asin arcsin", Simple("Asin", 1)), ("acos arccos", Simple("Acos", 1)), ("atan arctan", Simple("Atan", 1)),
        ("sinh", Simple("Sinh", 1)), ("cosh", Simple("Cosh", 1)), ("tanh", Simple("Tanh", 1)),
        ("asinh arcsinh", Simple("Asinh", 1)), ("acosh arccosh", Simple("Acosh", 1)), ("atanh arctanh", Simple("Atanh", 1)),
        ("erf", Simple("Erf", 1)), ("erfc", Simple("Erfc", 1)), ("lgamma gammaln loggamma", Simple("Lgamma", 1)), ("digamma", Simple("Digamma", 1)),
        ("sqrt square_root", Simple("Sqrt", 1)), ("rsqrt invsqrt", Simple("Rsqrt", 1)), ("square", Simple("Square", 1)),
        ("abs", Simple("Abs", 1)), ("neg negative", Simple("Neg", 1)), ("sign sgn signum", Simple("Sign", 1)),
            ("reciprocal", Simple("Reciprocal", 1)),
        ("floor", Simple("Floor", 1)), ("ceil ceiling", Simple("Ceil", 1)), ("round rint", Simple("Round", 1)),
        ("identity", Simple("Identity", 1)), ("stop_gradient detach", Simple("StopGradient", 1)),
    ];

    private static IEnumerable<(string Names, Function Function)> Activations =>
    [
        ("sigmoid expit σ", Simple("Sigmoid", 1)), ("relu", Simple("Relu", 1)), ("mish", Simple("Mish", 1)),
        ("leaky_relu", WithNumber(Simple("LeakyRelu", 1, "alpha"))),
        ("prelu", Simple("PRelu", 2)), ("elu", WithNumber(Simple("Elu", 1, "alpha"))),
        ("selu", Simple("Selu", 1, "alpha", "gamma")), ("celu", WithNumber(Simple("Celu", 1, "alpha"))), ("gelu", Simple("Gelu", 1, "approximate")),
        ("swish silu", Simple("Swish", 1, "alpha")), ("hard_sigmoid", Simple("HardSigmoid", 1, "alpha", "beta")),
        ("hard_swish", Simple("HardSwish", 1)), ("softplus", Simple("Softplus", 1)), ("softsign", Simple("Softsign", 1)),
        ("thresholded_relu", Simple("ThresholdedRelu", 1, "alpha")), ("shrink", Simple("Shrink", 1, "lambd", "bias")),
    ];

    private static IEnumerable<(string Names, Function Function)> Comparisons =>
    [
        ("equal", Simple("Equal", 2)), ("not_equal", new("x, y", NotEqual)),
        ("less", Simple("Less", 2)), ("less_equal less_or_equal", Simple("LessOrEqual", 2)),
        ("greater", Simple("Greater", 2)), ("greater_equal greater_or_equal", Simple("GreaterOrEqual", 2)),
        ("logical_and and", Simple("And", 2)), ("logical_or or", Simple("Or", 2)),
        ("logical_xor xor", Simple("Xor", 2)), ("logical_not not", Simple("Not", 1)),
        ("isnan", Simple("IsNaN", 1)), ("isinf", Simple("IsInf", 1, "detect_negative", "detect_positive")),
    ];

    /// <summary>One node with this many operands, whose attributes are keywords of the same names.</summary>
    public static Function Simple(string op, int operands, params string[] attributes) =>
        new(Signatures.Of(op, operands, attributes), (call, graph) =>
        {
            call.RequireArguments(operands, operands);
            call.RequireKeywords(attributes);
            return graph.Add(op, call.Arguments, call.Attributes());
        }, op);

    // As in PyTorch, the coefficient may follow the operand: leaky_relu(x, 0.2).
    private static Function WithNumber(Function function) => function.Reading(call => call.WithNumbers(1, DType.Float64, ["alpha"]));

    private static Operand NotEqual(Call call, DefinitionBuilder graph) => graph.Add("Not", [Simple("Equal", 2).Apply(call, graph)]);

    // log(x, base): the second operand is the base, as in Python.
    private static Operand Logarithm(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 2);
        call.RequireKeywords();
        Operand[] logarithms = Array.ConvertAll(call.Arguments, operand => (Operand)graph.Add("Log", [operand]));
        return logarithms.Length == 1 ? logarithms[0] : graph.Add("Div", logarithms);
    }

    // The remainder with the sign of the dividend: ONNX has only this one for floats.
    private static Operand Remainder(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(2, 2);
        call.RequireKeywords();
        return graph.Add("Mod", call.Arguments, new Dictionary<string, AttributeValue> { ["fmod"] = 1 });
    }

    // PyTorch's polygamma(2, x), or polygamma(x, n=2).
    private static Operand Polygamma(Call call, DefinitionBuilder graph)
    {
        if (call.Arguments is [{ Number: { } }, _])
        {
            call = (call with { Arguments = [call.Arguments[1], call.Arguments[0]] }).WithNumbers(1, "n");
        }

        call.RequireArguments(1, 1);
        call.RequireKeywords("n");
        return call.Integer("n") == 0 ? graph.Add("Digamma", call.Arguments) : graph.Add("Polygamma", call.Arguments, call.Attributes());
    }

    // Hurwitz's zeta function for a whole number s, Σ (k + q)^(−s) = (−1)^s·ψ⁽ˢ⁻¹⁾(q)/(s − 1)! (DLMF 25.11.12); Riemann's without q.
    private static Operand Zeta(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 2);
        call.RequireKeywords();
        if (call.Arguments[0].Number is not { Value: { DType: DType.Int64 } s } || s[0] is < 2 or > 21)
        {
            throw call.Word.Error("the first operand of 'zeta' must be a whole number from 2 to 21: zeta(3), or zeta(3, q)");
        }

        int order = (int)s[0] - 1;
        double factorial = Enumerable.Range(1, order).Aggregate(1.0, (product, k) => product * k);
        Operand q = call.Arguments.Length == 2 ? call.Arguments[1] : Literal.Of(1.0);
        Operand derivative = graph.Add("Polygamma", [q], new Dictionary<string, AttributeValue> { ["n"] = (long)order });
        return graph.Add("Div", [derivative, Literal.Of(order % 2 == 1 ? factorial : -factorial)]);
    }

    private static Operand Clip(Call call, DefinitionBuilder graph)
    {
        call.RequireArguments(1, 3);
        call.RequireKeywords("min", "max");
        Operand low = Bound(call, 1, "min");
        Operand high = Bound(call, 2, "max");
        return graph.Add("Clip", high.IsOmitted ? low.IsOmitted ? [call.Arguments[0]] : [call.Arguments[0], low] : [call.Arguments[0], low, high]);
    }

    private static Operand Bound(Call call, int place, string keyword)
    {
        Literal? number = call.Number(keyword);
        return call.Arguments.Length <= place ? number is null ? Operand.Omitted : number
            : number is null ? call.Arguments[place]
            : throw call.Keywords[keyword].Word.Error($"'{keyword}' appears twice");
    }
}
