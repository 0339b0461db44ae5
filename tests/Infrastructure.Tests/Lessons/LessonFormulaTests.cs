using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Infrastructure.Practice.Lessons;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Lessons;

/// <summary>The MathML of a formula says what its LaTeX says, in elements that browsers show.</summary>
public sealed partial class LessonFormulaTests
{
    private static readonly XNamespace MathMl = "http://www.w3.org/1998/Math/MathML";

    // MathML Core, section 2: https://www.w3.org/TR/mathml-core/
    private static readonly string[] Core =
    [
        "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot", "mstyle", "merror", "mpadded", "mphantom", "msub", "msup",
        "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "semantics", "annotation",
    ];

    // Commands of LaTeX that stand for symbols; all others only arrange.
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["partial"] = "∂",
        ["varepsilon"] = "ε",
        ["lambda"] = "λ",
        ["eta"] = "η",
        ["sum"] = "∑",
        ["prod"] = "∏",
        ["approx"] = "≈",
        ["cdots"] = "⋯",
        ["cdot"] = "⋅",
        ["top"] = "⊤",
        ["Rightarrow"] = "⇒",
        ["log"] = "log",
        ["max"] = "max",
        ["bar"] = "",
        ["sqrt"] = "",
        ["frac"] = "",
        ["text"] = "",
        ["qquad"] = "",
        ["quad"] = "",
    };

    private static readonly string[] Shown = [.. LessonContent.All.SelectMany(lesson => lesson.Sections)
        .SelectMany(section => section.Formulas).Select(formula => formula.Latex).Distinct()];

    public static TheoryData<string> Formulas => [.. Shown];

    [Fact]
    public void The_file_has_these_formulas_and_no_others() =>
        LessonContent.Formulas.Keys.ShouldBe(Shown, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Each_is_well_formed_and_keeps_to_the_core(string latex)
    {
        XElement math = XElement.Parse(LessonContent.Formulas[latex]);
        math.Name.ShouldBe(MathMl + "math");
        ((string?)math.Attribute("display")).ShouldBe("block");
        math.DescendantsAndSelf().ShouldAllBe(element => element.Name.Namespace == MathMl && Core.Contains(element.Name.LocalName));
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Each_has_the_symbols_of_its_latex(string latex)
    {
        XElement math = XElement.Parse(LessonContent.Formulas[latex]);
        math.Descendants(MathMl + "annotation").Remove();
        Sorted(math.Value).ShouldBe(Sorted(Command().Replace(latex, command => command.Groups["name"].Success ? Symbols[command.Groups["name"].Value] : "")));
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Each_has_the_fractions_roots_and_scripts_of_its_latex(string latex)
    {
        XElement math = XElement.Parse(LessonContent.Formulas[latex]);
        int Count(params string[] names) => math.Descendants().Count(element => names.Contains(element.Name.LocalName));
        Count("mfrac").ShouldBe(Regex.Count(latex, @"\\frac"));
        Count("msqrt").ShouldBe(Regex.Count(latex, @"\\sqrt"));
        Count("mover").ShouldBe(Regex.Count(latex, @"\\bar"));
        Count("msub", "munder", "msubsup", "munderover").ShouldBe(latex.Count(letter => letter == '_'));
        Count("msup", "msubsup", "munderover").ShouldBe(latex.Count(letter => letter is '^' or '\''));
    }

    // Letters are compared as such, however a renderer shows them: 𝑥 and x are alike, and so are − and -, ′ and ', ∗ and *. Bars are elements.
    private static string Sorted(string text) => string.Concat(text.Replace("‾", "", StringComparison.Ordinal).Replace("¯", "", StringComparison.Ordinal)
        .Replace("ˉ", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC).Replace('−', '-').Replace('′', '\'').Replace('∗', '*')
        .Where(letter => !char.IsWhiteSpace(letter) && letter is not ('{' or '}' or '^' or '_' or '&' or '\u2061' or '\u2062')).Order());

    [GeneratedRegex(@"\\(?:(?<name>[A-Za-z]+)|.)")]
    private static partial Regex Command();
}
