using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Exports link only to web pages and mail addresses, however a link is written.</summary>
public sealed partial class ExportedLinkTests
{
    private static readonly string[] Formats = ["moodleXml", "gift", "ankiTsv"];

    private static readonly string[] Addresses =
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "javascript&#58;alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)",
        "java\\script:alert(1)", "javascript\\:alert(1)", "%6Aavascript:alert(1)", "java&#9;script:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
        "&#1;javascript:alert(1)", "vbscript:msgbox(1)", "VBSCRIPT:x", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "data&#58;text/html,x",
        "file:///etc/passwd", "blob:x", "view-source:x", "feed:javascript:alert(1)", "//evil.example/", "relative", "about:blank", "ws://x", "http:evil", "jav\u0000ascript:alert(1)",
    ];

    private static readonly string[] Forms =
    [
        "[text](@)", "[text](<@>)", "![text](@)", "[![text](@)](@)", "[text][1]\n\n[1]: @", "[text]\n\n[text]: @", "[text]\n\n[text]: <@>", "<@>", "[a\\]\\(b](@ \"title\")", "> [text](@)", "- [text](@)",
        "| a |\n| - |\n| [text](@) |", "**[text](@)**", "[`code`](@)", "# [text](@)", "<a href=\"@\">text</a>", "<img src=\"@\" onerror=\"@\">", "[\\[text\\](@)](@)",
    ];

    public static TheoryData<string, string> Links()
    {
        var data = new TheoryData<string, string>();
        foreach (string format in Formats)
        {
            foreach (string form in Forms)
            {
                data.Add(format, form);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Links))]
    public async Task Only_safe_links_are_exported(string format, string form)
    {
        foreach (string address in Addresses)
        {
            string exported = await ExportAsync(format, form.Replace("@", address, StringComparison.Ordinal));
            string html = format == "gift" ? MoodleLike(exported) : exported;
            foreach (Match link in Attribute().Matches(html))
            {
                link.Groups["address"].Value.ShouldMatch("^(https?://|mailto:)", $"{address} in {html}");
            }

            Tag().Match(html).Value.ShouldBeEmpty($"{address} in {html}");
        }
    }

    [Theory]
    [InlineData("moodleXml")]
    [InlineData("gift")]
    [InlineData("ankiTsv")]
    public async Task Safe_links_stay(string format)
    {
        string exported = await ExportAsync(format, "See [this](https://example.org/a), <http://example.org/b>, <someone@example.org> and [mail](mailto:a@example.org).");
        string html = format == "gift" ? MoodleLike(exported) : exported;
        Attribute().Matches(html).Select(link => link.Groups["address"].Value)
            .ShouldBe(["https://example.org/a", "http://example.org/b", "mailto:someone@example.org", "mailto:a@example.org"]);
    }

    [Theory]
    [InlineData("For a < b and c<d, is `x<y>` a type? 1\\<2")]
    [InlineData("Let $x_i$ be *given*; `<div>` is HTML.")]
    public void Markdown_without_unsafe_parts_stays_as_it_is(string markdown) =>
        MarkdownText.Safe(markdown).ShouldBe(markdown.Replace("c<d", "c\\<d", StringComparison.Ordinal));

    // As in Moodle: GIFT unescaped, its Markdown rendered with HTML and any link allowed.
    private static string MoodleLike(string gift)
    {
        string prompt = Regex.Match(gift, @"\[markdown\](?<prompt>(?:\\.|[^{\\])*)\{", RegexOptions.Singleline).Groups["prompt"].Value;
        string markdown = Regex.Replace(prompt.Replace("\\n", "\n", StringComparison.Ordinal), @"\\([\\~=#{}:])", "$1");
        return Markdig.Markdown.ToHtml(markdown);
    }

    private static async Task<string> ExportAsync(string format, string prompt)
    {
        Question question = SampleQuestions.One("q", prompt) with { Title = "Title", Hints = [], Citations = [] };
        using var stream = new MemoryStream();
        var names = new Dictionary<string, string>();
        Task writing = format switch
        {
            "moodleXml" => MoodleXmlExport.WriteAsync(stream, names, One(question), _ => null, default),
            "gift" => GiftExport.WriteAsync(stream, names, One(question), default),
            _ => AnkiExport.WriteAsync(stream, One(question), _ => null, default),
        };
        await writing;
        string text = Encoding.UTF8.GetString(stream.ToArray());
        return format == "moodleXml" ? XDocument.Parse(text).Descendants("questiontext").Single().Value : format == "ankiTsv" ? text.Split('\n')[4].Split('\t')[0] : text;
    }

    private static async IAsyncEnumerable<Question> One(Question question)
    {
        await Task.CompletedTask;
        yield return question;
    }

    [GeneratedRegex("""(href|src)="(?<address>[^"]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Attribute();

    [GeneratedRegex("""<(script|iframe|object|svg|a|img)(?![^>]*(href|src)="(https?://|mailto:))[^>]*>""", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
