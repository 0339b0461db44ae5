using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>The element types that an operand may have.</summary>
public enum OperandKind
{
    /// <summary>float64 or float32; all operands of this and the next two kinds have one type.</summary>
    Float,

    /// <summary>A float or int64.</summary>
    Number,

    /// <summary>Any element type.</summary>
    Any,

    /// <summary>int64.</summary>
    Integer,

    /// <summary>bool.</summary>
    Truth,
}

/// <summary>An operand of an operator.</summary>
/// <param name="Name">Its ONNX name.</param>
/// <param name="Kind">Which element types it may have.</param>
/// <param name="Optional">Whether it may be omitted.</param>
/// <param name="Variadic">Whether it may be repeated.</param>
/// <param name="Static">Whether it decides shapes, so that its value must be known before anything runs; it may be an attribute of the same
/// name.</param>
/// <param name="Scalar">For static operands: one number, not a list.</param>
/// <param name="Free">Whether its type may differ from that of the other operands.</param>
/// <param name="Known">Whether its value must be known before anything runs although it is not a list of integers.</param>
public sealed record OperandSpec(string Name, OperandKind Kind, bool Optional, bool Variadic, bool Static, bool Scalar, bool Free, bool Known)
{
    /// <summary>Whether it shares its element type with others.</summary>
    public bool Shares => Kind is OperandKind.Float or OperandKind.Number or OperandKind.Any && !Free;

    /// <summary>Whether a value of this element type is allowed.</summary>
    public bool Accepts(DType dtype) => Kind switch
    {
        OperandKind.Float => dtype.IsFloat(),
        OperandKind.Number => dtype != DType.Bool,
        OperandKind.Integer => dtype == DType.Int64,
        OperandKind.Truth => dtype == DType.Bool,
        _ => true,
    };

    /// <summary>The kinds as text.</summary>
    public string Types => Kind switch
    {
        OperandKind.Float => "float64, float32",
        OperandKind.Number => "float64, float32, int64",
        OperandKind.Integer => "int64",
        OperandKind.Truth => "bool",
        _ => "float64, float32, int64, bool",
    };

    /// <summary>
    /// Reads <c>name:KIND</c> with KIND one of F N A I B, followed by <c>?</c> (optional), <c>*</c> (repeated), <c>!</c> (static list), <c>.</c>
    /// (static number), <c>'</c> (a type of its own) or <c>=</c> (known).
    /// </summary>
    internal static OperandSpec Parse(string text)
    {
        int colon = text.IndexOf(':');
        string flags = text[(colon + 2)..];
        OperandKind kind = text[colon + 1] switch
        {
            'F' => OperandKind.Float,
            'N' => OperandKind.Number,
            'A' => OperandKind.Any,
            'I' => OperandKind.Integer,
            'B' => OperandKind.Truth,
            char other => throw new FormatException($"No operand kind '{other}' in {text}."),
        };
        bool scalar = flags.Contains('.');
        return new OperandSpec(
            text[..colon], kind, flags.Contains('?'), flags.Contains('*'), scalar || flags.Contains('!'), scalar, flags.Contains('\''),
                flags.Contains('='));
    }
}
