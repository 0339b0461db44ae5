namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>How an operator is written in a diagram.</summary>
internal static class OperatorSymbol
{
    /// <summary>
    /// The mathematical symbol of an ONNX operator if it has one, otherwise its name. A literal operand follows the name: <c>Pow 2</c>.
    /// </summary>
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
        "Pow 2" or "Square" => "( )²",
        "Pow 3" => "( )³",
        "MatMul" => "@",
        "Reciprocal" => "1/x",
        _ => name,
    };
}
