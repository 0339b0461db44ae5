using System.Net;
using Backprop.Domain.Practice.Lessons;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Backprop.Infrastructure.Formats.Lessons;

/// <summary>Writes a lesson as one HTML page without scripts: formulas are MathML, which browsers show by themselves.</summary>
public static class LessonHtml
{
    private const string Style =
        "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 serif;color-scheme:light dark}pre{overflow-x:auto;padding:.6rem;"
        + "border:1px solid #8884}code,pre{font-size:.9rem}table{border-collapse:collapse}td,th{padding:.2rem .6rem;text-align:left;"
        + "border:1px solid #8884}math{font-size:1.1em;margin:.8rem 0}";

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseMathematics().UseAutoIdentifiers().Build();

    /// <summary>The page.</summary>
    public static string Write(Lesson lesson)
    {
        using var body = new StringWriter();
        var renderer = new HtmlRenderer(body);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MathMlRenderer(
            lesson.Sections.SelectMany(section => section.Formulas).DistinctBy(formula => formula.Latex)
                .ToDictionary(formula => formula.Latex, formula => formula.MathMl)));
        renderer.Render(Markdown.Parse(LessonMarkdown.Write(lesson), Pipeline));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(lesson.Title)}</title><style>{Style}</style></head>
            <body>
            {body}</body>
            </html>

            """;
    }

    private sealed class MathMlRenderer(Dictionary<string, string> formulas) : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) => renderer.WriteLine(formulas[obj.Lines.ToString()]);
    }
}
