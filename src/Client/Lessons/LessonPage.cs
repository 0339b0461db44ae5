using System.Text.Json;

namespace Backprop.Client.Lessons;

/// <summary>The lessons.</summary>
public sealed record LessonList
{
    /// <summary>The lessons.</summary>
    public required IReadOnlyList<LessonSummary> Items { get; init; }
}

/// <summary>A lesson and its sections, without their content.</summary>
public sealed record LessonSummary
{
    /// <summary>Its id, the last part of its address.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The sections, in reading order.</summary>
    public required IReadOnlyList<LessonHeading> Sections { get; init; }
}

/// <summary>The heading of a section.</summary>
public sealed record LessonHeading
{
    /// <summary>Its id, unique in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }
}

/// <summary>A lesson: a text in sections, each with requests to send, experiments to run and questions to answer.</summary>
public sealed record LessonPage
{
    /// <summary>Its id, the last part of its address.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Where topics, text and numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>The sections, in reading order.</summary>
    public required IReadOnlyList<LessonSection> Sections { get; init; }

    /// <summary>What to remember.</summary>
    public required IReadOnlyList<LessonTakeaway> Takeaways { get; init; }

    /// <summary>The works that the text cites, the most readable first.</summary>
    public required IReadOnlyList<LessonReference> FurtherReading { get; init; }
}

/// <summary>A section of a lesson.</summary>
public sealed record LessonSection
{
    /// <summary>Its id, unique in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The text as Markdown; formulas stand in it as LaTeX between lines of <c>$$</c>.</summary>
    public required string Markdown { get; init; }

    /// <summary>The formulas of the text, in order.</summary>
    public required IReadOnlyList<LessonFormula> Formulas { get; init; }

    /// <summary>Requests to send unchanged.</summary>
    public required IReadOnlyList<LessonExample> Examples { get; init; }

    /// <summary>The names of experiments that show what the section says: <c>GET /experiments/{name}</c>.</summary>
    public required IReadOnlyList<string> Experiments { get; init; }

    /// <summary>The ids of questions about it: <c>GET /questions/{id}</c>.</summary>
    public required IReadOnlyList<string> Questions { get; init; }
}

/// <summary>A displayed formula.</summary>
public sealed record LessonFormula
{
    /// <summary>As LaTeX, without delimiters.</summary>
    public required string Latex { get; init; }

    /// <summary>The same as MathML Core: one <c>math</c> element.</summary>
    public required string Mathml { get; init; }
}

/// <summary>A request to send unchanged.</summary>
public sealed record LessonExample
{
    /// <summary>Its id, unique in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>GET or POST.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Route { get; init; }

    /// <summary>The media type to ask for; absent for the usual one.</summary>
    public string? Accept { get; init; }

    /// <summary>The body; absent if there is none.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>What the text quotes from the answer.</summary>
    public required IReadOnlyList<LessonQuote> Quotes { get; init; }
}

/// <summary>A value that the text of a lesson quotes from the answer to an example.</summary>
public sealed record LessonQuote
{
    /// <summary>Its place as a JSON Pointer (RFC 6901); empty if the text is a part of an answer that is not JSON.</summary>
    public required string Path { get; init; }

    /// <summary>As the text shows it: a number may be rounded, a text may be a part.</summary>
    public required string Text { get; init; }
}

/// <summary>A sentence to remember.</summary>
public sealed record LessonTakeaway
{
    /// <summary>The sentence, as Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>The works that support it.</summary>
    public required IReadOnlyList<LessonReference> Citations { get; init; }
}

/// <summary>A work, with an address under which its authors, year and title can be checked: a DOI or a URL.</summary>
public sealed record LessonReference
{
    /// <summary>All its authors.</summary>
    public required string Authors { get; init; }

    /// <summary>The year of publication.</summary>
    public required int Year { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Journal, conference or publisher, with volume and pages.</summary>
    public required string Venue { get; init; }

    /// <summary>The chapter or section that is meant; absent for the whole.</summary>
    public string? Where { get; init; }

    /// <summary>Its DOI; absent if there is none.</summary>
    public string? Doi { get; init; }

    /// <summary>Its URL; absent if it has a DOI.</summary>
    public string? Url { get; init; }
}
