using System.Globalization;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>The kind of an attribute's value.</summary>
public enum AttributeKind
{
    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Integers.</summary>
    Integers,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Texts.</summary>
    Texts,
}

/// <summary>An attribute of an operator.</summary>
/// <param name="Name">Its ONNX name.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Default">Its value if it is omitted; null if it then has none, or is required.</param>
/// <param name="Required">Whether it must be given.</param>
public sealed record AttributeSpec(string Name, AttributeKind Kind, AttributeValue? Default, bool Required)
{
    /// <summary>The kind as text.</summary>
    public string Type => Kind switch
    {
        AttributeKind.Integer => "int",
        AttributeKind.Number => "float",
        AttributeKind.Text => "string",
        AttributeKind.Integers => "ints",
        AttributeKind.Numbers => "floats",
        _ => "strings",
    };

    /// <summary>The value normalized to this kind: integers as int64, other numbers as float64.</summary>
    /// <exception cref="FormatException">It is of another kind.</exception>
    public AttributeValue Normal(AttributeValue value)
    {
        bool numeric = Kind is not (AttributeKind.Text or AttributeKind.Texts);
        bool list = Kind is AttributeKind.Integers or AttributeKind.Numbers or AttributeKind.Texts;
        if (numeric != value.Numbers is not null || (value.IsList && !list))
        {
            throw new FormatException($"attribute {Name} is a {Type}");
        }

        if (!numeric)
        {
            return new AttributeValue(null, value.Texts, list);
        }

        Tensor numbers = value.Numbers!.As(Kind is AttributeKind.Number or AttributeKind.Numbers ? DType.Float64 : DType.Int64);
        return new AttributeValue(new Literal(list ? numbers.Reshaped(Shape.Of(numbers.Count)) : numbers), null, list);
    }

    /// <summary>
    /// Reads <c>name:int=1</c>, <c>name:float=0.5</c>, <c>name:string=x</c>, <c>name:ints</c>, <c>name:floats</c>, <c>name:strings</c>; <c>!</c> at
    /// the end: required.
    /// </summary>
    internal static AttributeSpec Parse(string text)
    {
        int colon = text.IndexOf(':');
        int equals = text.IndexOf('=');
        string type = text[(colon + 1)..(equals < 0 ? text.Length : equals)].TrimEnd('!');
        string? fallback = equals < 0 ? null : text[(equals + 1)..];
        (AttributeKind kind, AttributeValue? value) = type switch
        {
            "int" => (AttributeKind.Integer, fallback is null ? null : (AttributeValue)long.Parse(fallback, CultureInfo.InvariantCulture)),
            "float" => (AttributeKind.Number, fallback is null ? null : (AttributeValue)double.Parse(fallback, CultureInfo.InvariantCulture)),
            "string" => (AttributeKind.Text, fallback is null ? null : (AttributeValue)fallback),
            "ints" => (AttributeKind.Integers, null),
            "floats" => (AttributeKind.Numbers, null),
            "strings" => (AttributeKind.Texts, null),
            _ => throw new FormatException($"No attribute kind '{type}' in {text}."),
        };
        return new AttributeSpec(text[..colon], kind, value, text.EndsWith('!'));
    }
}
