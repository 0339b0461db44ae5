using System.Text.Json.Serialization;

namespace Backprop.Client.Graphs;

/// <summary>The value of an attribute: a number, a text, or a list of either.</summary>
[JsonConverter(typeof(AttributeConverter))]
public sealed record AttributeContract
{
    private AttributeContract(IReadOnlyList<LiteralNumber>? numbers, IReadOnlyList<string>? texts, bool isList)
    {
        Numbers = numbers;
        Texts = texts;
        IsList = isList;
    }

    /// <summary>The number or numbers; null for texts. An empty list is one of numbers.</summary>
    public IReadOnlyList<LiteralNumber>? Numbers { get; }

    /// <summary>The text or texts; null for numbers.</summary>
    public IReadOnlyList<string>? Texts { get; }

    /// <summary>True if it was written as a list.</summary>
    public bool IsList { get; }

    /// <summary>A number.</summary>
    public static implicit operator AttributeContract(double value) => new([value], null, false);

    /// <summary>A whole number.</summary>
    public static implicit operator AttributeContract(long value) => new([value], null, false);

    /// <summary>A text.</summary>
    public static implicit operator AttributeContract(string value) => new(null, [value], false);

    /// <summary>A list of whole numbers.</summary>
    public static implicit operator AttributeContract(long[] values) => new(Array.ConvertAll(values, value => (LiteralNumber)value), null, true);

    /// <summary>A list of numbers.</summary>
    public static implicit operator AttributeContract(double[] values) => new(Array.ConvertAll(values, value => (LiteralNumber)value), null, true);

    /// <summary>A list of texts.</summary>
    public static implicit operator AttributeContract(string[] values) => new(null, values, true);

    /// <summary>A number as written.</summary>
    public static AttributeContract Of(LiteralNumber number) => new([number], null, false);

    /// <summary>A list of numbers as written.</summary>
    public static AttributeContract Of(IReadOnlyList<LiteralNumber> numbers) => new(numbers, null, true);

    /// <summary>A list of texts.</summary>
    public static AttributeContract Of(IReadOnlyList<string> texts) => new(null, texts, true);
}
