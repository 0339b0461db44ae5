namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>How an operator is written in a diagram.</summary>
internal static class OperatorSymbol
{
    /// <summary>The mathematical symbol of an ONNX operator if it has one, otherwise its name.</summary>
    public static string Of(string name) => name switch
    {
        "Add" => "+",
        "Sub" => "−",
        "Mul" => "×",
        "Div" => "÷",
        "Pow" => "xʸ",
        "Sqrt" => "√x",
        "Exp" => "eˣ",
        "Neg" => "−x",
        "Abs" => "|x|",
        "Reciprocal" => "1/x",
        _ => name,
    };
}
