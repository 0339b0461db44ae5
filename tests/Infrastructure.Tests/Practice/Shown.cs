using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>A drawn question as a learner sees it: only its numbers, nothing else that the template knows.</summary>
internal sealed partial class Shown(Question question)
{
    private static readonly Dictionary<string, double> Words = new() { ["million"] = 1e6, ["billion"] = 1e9, ["trillion"] = 1e12 };

    public string Prompt => question.Prompt;

    public string Formula => question.Figure?.Expression ?? string.Empty;

    /// <summary>The numbers of the prompt in order, without those in code.</summary>
    public double[] Numbers { get; } = Read(Code().Replace(question.Prompt, " "));

    /// <summary>The numbers of the prompt in order, including those in code.</summary>
    public double[] AllNumbers { get; } = Read(question.Prompt.Replace("`", " "));

    /// <summary>The numbers of the drawn graph's formula in order.</summary>
    public double[] Constants { get; } = Read((question.Figure?.Expression ?? string.Empty).Replace("(-", "(−").Replace("= -", "= −"));

    /// <summary>The value of an input of the drawn graph.</summary>
    public double this[string input] => question.Figure!.Inputs[input];

    /// <summary>The part of the prompt that a pattern's group matches.</summary>
    public string Part(string pattern) => Regex.Match(question.Prompt, pattern).Groups[1].Value;

    /// <summary>The slope with respect to one input of the drawn graph, by central differences of the function written in the test.</summary>
    public double Slope(string wrt, Func<Func<string, double>, double> f)
    {
        double h = 1e-5 * Math.Max(1, Math.Abs(this[wrt]));
        double At(double move) => f(name => name == wrt ? this[name] + move : this[name]);
        return (At(h) - At(-h)) / (2 * h);
    }

    private static double[] Read(string text) =>
    [
        .. Number().Matches(text).Select(match =>
            double.Parse(match.Groups["digits"].Value.Replace('−', '-').Replace(",", string.Empty), CultureInfo.InvariantCulture)
            * (match.Groups["power"].Success ? Math.Pow(10, int.Parse(match.Groups["power"].Value.Replace('−', '-'), CultureInfo.InvariantCulture)) : 1)
            * Words.GetValueOrDefault(match.Groups["word"].Value, 1)),
    ];

    [GeneratedRegex(@"(?<![\w.])(?<digits>−?\d+(,\d{3}(?!\d))*(\.\d+)?)(×10\^(?<power>−?\d+))?( (?<word>million|billion|trillion))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();
}
