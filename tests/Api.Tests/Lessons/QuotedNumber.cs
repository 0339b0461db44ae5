using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Backprop.Api.Tests.Lessons;

/// <summary>Compares what a text shows with a value of an answer.</summary>
internal static partial class QuotedNumber
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>
    /// Whether the text says what the value is: a number rounded to the digits shown, a text or a part of it as whole words, a truth value that is true.
    /// </summary>
    public static bool Says(string text, JsonNode? value) => value switch
    {
        JsonValue number when number.GetValueKind() == System.Text.Json.JsonValueKind.Number => Says(text, number.GetValue<double>()),
        JsonValue words when words.TryGetValue(out string? whole) => Regex.IsMatch(whole, $@"(?<![\w.]){Regex.Escape(text)}(?![\w]|\.\d)"),
        JsonValue truth => truth.TryGetValue(out bool holds) && holds,
        _ => false,
    };

    private static bool Says(string text, double value)
    {
        Match shown = Shown().Match(text);
        if (!shown.Success)
        {
            return false;
        }

        string digits = shown.Groups["digits"].Value.Replace(",", "", StringComparison.Ordinal);
        int exponent = Exponent(shown.Groups["exponent"].Value);
        int decimals = digits.Contains('.') ? digits.Length - digits.IndexOf('.') - 1 : 0;
        double number = double.Parse(digits, CultureInfo.InvariantCulture) * Math.Pow(10, exponent) * (shown.Groups["sign"].Success ? -1 : 1);
        return Math.Abs(number - value) <= 0.5 * Math.Pow(10, exponent - decimals) * (1 + 1e-9);
    }

    private static int Exponent(string superscript)
    {
        int digits = superscript.TrimStart('⁻').Aggregate(0, (sum, digit) => 10 * sum + Superscripts.IndexOf(digit, StringComparison.Ordinal));
        return superscript.StartsWith('⁻') ? -digits : digits;
    }

    [GeneratedRegex(@"^(?<sign>−)?(?<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:×10(?<exponent>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$")]
    private static partial Regex Shown();
}
