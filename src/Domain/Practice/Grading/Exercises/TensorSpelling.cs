using System.Text;
using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>
/// Writes expressions over tensors as people type them in the language of expressions: <c>xᵀ</c>, <c>x^T</c>, <c>⊙</c>, <c>γ</c> for <c>gamma</c>,
/// <c>x̂</c> for <c>xhat</c>, <c>∂L/∂y</c> for the upstream gradient of y.
/// </summary>
/// <param name="known">The names that have values.</param>
/// <param name="gradients">The names of gradients by the values to which they belong.</param>
internal sealed partial class TensorSpelling(IReadOnlySet<string> known, IReadOnlyDictionary<string, string> gradients)
{
    private static readonly Dictionary<char, string> Greek = new()
    {
        ['α'] = "alpha",
        ['β'] = "beta",
        ['γ'] = "gamma",
        ['δ'] = "delta",
        ['ε'] = "eps",
        ['ϵ'] = "eps",
        ['η'] = "eta",
        ['θ'] = "theta",
        ['λ'] = "lam",
        ['μ'] = "mu",
        ['µ'] = "mu",
        ['ν'] = "nu",
        ['ρ'] = "rho",
        ['σ'] = "sigma",
        ['τ'] = "tau",
        ['φ'] = "phi",
        ['ω'] = "omega",
    };

    private static readonly Dictionary<char, string> Accents = new() { ['\u0302'] = "hat", ['\u0304'] = "bar", ['\u0303'] = "tilde" };

    /// <summary>The text in the language of expressions.</summary>
    public string Of(string text)
    {
        string plain = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('⊙', '*').Replace('∘', '*').Replace('•', '*');
        plain = Derivative().Replace(plain, match => gradients.GetValueOrDefault(Known(match.Groups["of"].Value), match.Value));
        plain = Name().Replace(plain, match => Known(match.Value));

        // Also where T is the length of a sequence: nobody raises a tensor to that power.
        return Transposed().Replace(plain, ".mT");
    }

    // A name as it is known: as written, or with Greek letters and accents spelled out.
    private string Known(string name)
    {
        if (known.Contains(name))
        {
            return name;
        }

        var spelled = new StringBuilder();
        foreach (char letter in name.Normalize(NormalizationForm.FormD))
        {
            spelled.Append(Greek.GetValueOrDefault(letter) ?? Accents.GetValueOrDefault(letter) ?? letter.ToString());
        }

        string plain = spelled.ToString();
        return known.Contains(plain) || gradients.ContainsKey(plain) ? plain : name;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])[d∂](?:L|loss)\s*/\s*[d∂](?<of>[\p{L}_][\p{L}\p{N}\p{M}_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Derivative();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_.])[\p{L}_-[ᵀ]][\p{L}\p{N}\p{M}_-[ᵀ]]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"ᵀ|\^\s*(?:T|⊤|\{\s*(?:T|⊤|\\top)\s*\}|\\top)(?![\p{L}\p{N}_])", RegexOptions.CultureInvariant)]
    private static partial Regex Transposed();
}
