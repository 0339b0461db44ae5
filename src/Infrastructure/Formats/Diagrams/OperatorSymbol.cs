namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>How an operator is written in a picture.</summary>
internal static class OperatorSymbol
{
    /// <summary>The mathematical symbol of an ONNX operator where it has one, else its name.</summary>
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
