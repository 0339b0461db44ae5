namespace Backprop.Compare.Comparisons;

/// <summary>The target of a figure.</summary>
/// <param name="Limit">The bound.</param>
/// <param name="IsUpper">Whether the bound is an upper one.</param>
/// <param name="Unit">The figure's unit: <c>×</c>, <c>%</c> (of a value stored as a fraction), or a word.</param>
internal sealed record Target(double Limit, bool IsUpper, string Unit)
{
    public static Target AtLeast(double limit, string unit = "×") => new(limit, false, unit);

    public static Target AtMost(double limit, string unit = "×") => new(limit, true, unit);

    public bool IsMet(double figure) => IsUpper ? figure <= Limit : figure >= Limit;

    /// <summary>A figure with its unit.</summary>
    public string Text(double figure) => Unit switch
    {
        "×" => figure >= 100 ? $"{figure:0}×" : figure >= 10 ? $"{figure:0.0}×" : $"{figure:0.00}×",
        "%" => $"{100 * figure:0} %",
        _ => $"{figure:#,0.##} {Unit}",
    };

    public override string ToString() => $"{(IsUpper ? '≤' : '≥')} {Text(Limit)}";
}
