using System.Text.Json;
using Backprop.Client.Lessons;
using Backprop.Domain.Practice.Lessons;

namespace Backprop.Api.Features.Lessons;

/// <summary>Maps lessons to the contract.</summary>
internal static class LessonMapper
{
    /// <summary>A lesson in a list.</summary>
    public static LessonSummary Summary(Lesson lesson) => new()
    {
        Id = lesson.Id,
        Title = lesson.Title,
        Sections = [.. lesson.Sections.Select(section => new LessonHeading { Id = section.Id, Title = section.Title })],
    };

    /// <summary>A lesson as a whole.</summary>
    public static LessonPage Page(Lesson lesson) => new()
    {
        Id = lesson.Id,
        Title = lesson.Title,
        Source = lesson.Source,
        Sections = [.. lesson.Sections.Select(Map)],
        Takeaways = [.. lesson.Takeaways.Select(takeaway => new LessonTakeaway
        {
            Text = takeaway.Text,
            Citations = [.. takeaway.Citations.Select(Map)],
        })],
        FurtherReading = [.. lesson.FurtherReading.Select(Map)],
    };

    private static LessonSection Map(Section section) => new()
    {
        Id = section.Id,
        Title = section.Title,
        Markdown = section.Markdown,
        Formulas = [.. section.Formulas.Select(formula => new LessonFormula { Latex = formula.Latex, Mathml = formula.MathMl })],
        Examples = [.. section.Examples.Select(Map)],
        Experiments = section.Experiments,
        Questions = section.Questions,
    };

    private static LessonExample Map(Example example) => new()
    {
        Id = example.Id,
        Title = example.Title,
        Method = example.Method,
        Route = example.Route,
        Accept = example.Accept,
        Body = example.Body is { } body ? JsonElement.Parse(body) : null,
        Quotes = [.. example.Quotes.Select(quote => new LessonQuote { Path = quote.Path, Text = quote.Text })],
    };

    private static LessonReference Map(Reference work) => new()
    {
        Authors = work.Authors,
        Year = work.Year,
        Title = work.Title,
        Venue = work.Venue,
        Where = work.Where,
        Doi = work.Doi,
        Url = work.Url,
    };
}
