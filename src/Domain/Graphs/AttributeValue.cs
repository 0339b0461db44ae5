namespace Backprop.Domain.Graphs;

/// <summary>The value of an attribute: a number, a list of numbers, a text or a list of texts.</summary>
/// <param name="Numbers">The number (rank 0) or the list (rank 1), or null.</param>
/// <param name="Texts">The text or texts, or null.</param>
/// <param name="IsList">True if it is a list.</param>
public sealed record AttributeValue(Literal? Numbers, IReadOnlyList<string>? Texts, bool IsList)
{
    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(long value) => new(Literal.Of(value), null, false);

    /// <summary>A number.</summary>
    public static implicit operator AttributeValue(double value) => new(Literal.Of(value), null, false);

    /// <summary>A text.</summary>
    public static implicit operator AttributeValue(string value) => new(null, [value], false);

    /// <summary>A list of integers.</summary>
    public static implicit operator AttributeValue(long[] values) => new(Literal.Of(values), null, true);

    /// <summary>A list of integers.</summary>
    public static implicit operator AttributeValue(int[] values) => new(Literal.Of([.. values.Select(v => (long)v)]), null, true);

    /// <summary>A list of numbers.</summary>
    public static implicit operator AttributeValue(double[] values) => new(new Literal(Tensor.Vector(values)), null, true);

    /// <summary>A list of texts.</summary>
    public static implicit operator AttributeValue(string[] values) => new(null, values, true);
}
