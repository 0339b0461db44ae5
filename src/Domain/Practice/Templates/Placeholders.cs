using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Templates;

/// <summary>
/// Fills placeholders in texts: <c>{{layers}}</c> is replaced with the parameter or text of this name, <c>{{(x)}}</c> with x as a factor, in
/// parentheses if it is negative.
/// </summary>
internal sealed partial class Placeholders(IReadOnlyDictionary<string, double> parameters, IReadOnlyDictionary<string, string> texts)
{
    /// <summary>The text with every placeholder filled.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its path in the question.</param>
    /// <exception cref="TemplateException">A placeholder has an unknown name.</exception>
    public string Fill(string text, string path) => Marks().Replace(text, match =>
    {
        string name = match.Groups["name"].Value;
        string written = texts.TryGetValue(name, out string? drawn) ? drawn
            : parameters.TryGetValue(name, out double value) ? Shown.Number(value)
            : throw new TemplateException(path, $"The template has no value named '{name}'.");
        return match.Value[2] == '(' && written.StartsWith('−') ? $"({written})" : written;
    });

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}|\{\{\((?<name>\w+)\)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
