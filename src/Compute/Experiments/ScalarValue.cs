namespace Backprop.Compute.Experiments;

/// <summary>A number, a text or a truth value: the value of a parameter, or of a cell of a table.</summary>
/// <param name="Number">The number, or null.</param>
/// <param name="Text">The text, or null.</param>
/// <param name="Flag">The truth value, or null.</param>
public readonly record struct ScalarValue(double? Number, string? Text, bool? Flag)
{
    /// <summary>A number.</summary>
    public static implicit operator ScalarValue(double number) => new(number, null, null);

    /// <summary>A text.</summary>
    public static implicit operator ScalarValue(string text) => new(null, text, null);

    /// <summary>A truth value.</summary>
    public static implicit operator ScalarValue(bool flag) => new(null, null, flag);
}
