using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class BinarySamples
{
    private static readonly string[] Comparisons = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"];
    private static readonly string[] Connectives = ["And", "Or", "Xor"];

    public static IEnumerable<Sample> All { get; } =
    [
        .. new[] { "Add", "Sub", "Mul", "Div", "Max", "Min", "Atan2", "Hypot" }.SelectMany(Forms),
        .. new[] { "Add", "Sub", "Mul", "Div", "Max", "Min" }.Select(op => Of(op, "integers", [I([7, -7, 5]), I([2, 3, -2])])),
        Of("Pow", "same", [P(2, 3), X(2, 3)]),
        Of("Pow", "outer", [P(2, 1), X(1, 3)]),
        Of("Pow", "square", [X(4), 2]),
        Of("Pow", "cube", [X(4), 3]),
        Of("Pow", "root", [P(4), 0.5]),
        Of("Pow", "to the first", [X(4), 1]),
        Of("Pow", "to nothing", [X(4), 0]),
        Of("Pow", "inverse", [X(2, 2), -1]),
        Of("Pow", "number to the input", [2.5, X(2, 3)]),
        Of("Pow", "exponent a vector of whole numbers", [X(2, 3), F([2, 3, 1])]),
        Of("Pow", "integer exponent", [X(2, 3), I([2, 3, 1])]),
        Of("Pow", "integers", [I([3, -2, 5]), I([2, 3, 0])]),
        Of("Mod", "floats", [F([5.3, -5.3, 7.7, -0.4]), F([2, 2, -3, 1.5])], ("fmod", 1)),
        Of("Mod", "floats outer", [F([5.3, -5.3], 2, 1), F([2, -3.1])], ("fmod", 1)),
        Of("Mod", "integers", [I([7, -7, 5]), I([3, 3, -3])]),
        Of("Mod", "integers fmod", [I([7, -7, 5]), I([3, 3, -3])], ("fmod", 1)),
        .. new[] { "Max", "Min", "Sum", "Mean" }.SelectMany(Several),
        Of("Clip", "numbers", [X(2, 3), -0.9, 1.1]),
        Of("Clip", "inputs", [X(2, 4), F([-0.9], 1), F([1.1], 1)]),
        Of("Clip", "scalar inputs", [X(2, 4), Spread(-0.8, -0.7, 0), Spread(0.7, 0.8, 0)]),
        Of("Clip", "lower", [X(6), 0.2]),
        Of("Clip", "upper", [X(6), Argument.Omitted, 0.2]),
        Of("Clip", "none", [X(6)]),
        Of("Clip", "attributes", [X(6)], ("min", -0.5), ("max", 0.5)),
        Of("Clip", "integers", [I([-3, 0, 7]), -1, 5]),
        .. Comparisons.Select(op => Of(op, "floats", [X(2, 3), Y(3)])),
        .. Comparisons.Select(op => Of(op, "integers", [I([1, 2, 3]), 2])),
        Of("Equal", "bools", [B([true, false, true]), B([true, true, false])]),
        .. Connectives.Select(op => Of(op, "outer", [B([true, false], 2, 1), B([true, false, true])])),
        Of("Not", "vector", [B([true, false])]),
        Of("IsNaN", "vector", [F([1, double.NaN, double.PositiveInfinity])]),
        Of("IsInf", "vector", [F([1, double.NegativeInfinity, double.PositiveInfinity])]),
        Of("IsInf", "positive", [F([1, double.NegativeInfinity, double.PositiveInfinity])], ("detect_negative", 0)),
        Of("Where", "same", [B([true, false, true, true, false, false], 2, 3), X(2, 3), Y(2, 3)]),
        Of("Where", "outer", [B([true, false], 2, 1), X(1, 3), Y()]),
        Of("Where", "number", [B([true, false, true]), 1.5, X(2, 3)]),
        Of("Where", "integers", [B([true, false]), I([1, 2]), I([3, 4])]),
    ];

    private static Sample[] Forms(string op) =>
    [
        Of(op, "same", [X(2, 3), Y(2, 3)]),
        Of(op, "row", [X(2, 3), Y(3)]),
        Of(op, "outer", [Y(2, 1, 2), X(3, 1)]),
        Of(op, "number", [X(4), 0.7]),
        Of(op, "number first", [0.7, X(4)]),
        Of(op, "scalars", [X(), Y()]),
    ];

    private static Sample[] Several(string op) =>
    [
        Of(op, "one", [X(2, 3)]),
        Of(op, "two", [X(2, 1), Y(3)]),
        Of(op, "three", [X(2, 3), Y(3), Z(2, 1)]),
    ];
}
