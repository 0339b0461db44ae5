namespace Backprop.Domain.Practice.Lessons;

/// <summary>A lesson: a text in sections, each with requests to send, experiments to run and questions to answer.</summary>
/// <param name="Id">Its permanent name: lower-case words joined by hyphens.</param>
/// <param name="Title">Its title.</param>
/// <param name="Source">Where topics, text and numbers come from.</param>
/// <param name="Sections">The sections, in reading order.</param>
/// <param name="Takeaways">What to remember.</param>
/// <param name="FurtherReading">The works that the text cites, the most readable first.</param>
public sealed record Lesson(
    string Id,
    string Title,
    string Source,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<Takeaway> Takeaways,
    IReadOnlyList<Reference> FurtherReading);

/// <summary>A section of a lesson.</summary>
/// <param name="Id">Its name, unique in the lesson.</param>
/// <param name="Title">Its title.</param>
/// <param name="Markdown">The text; formulas stand in it as LaTeX between lines of <c>$$</c>.</param>
/// <param name="Formulas">The formulas of the text, in order.</param>
/// <param name="Examples">Requests to send unchanged.</param>
/// <param name="Experiments">The names of experiments that show what the section says.</param>
/// <param name="Questions">The ids of questions about it.</param>
public sealed record Section(
    string Id,
    string Title,
    string Markdown,
    IReadOnlyList<Formula> Formulas,
    IReadOnlyList<Example> Examples,
    IReadOnlyList<string> Experiments,
    IReadOnlyList<string> Questions);

/// <summary>A displayed formula.</summary>
/// <param name="Latex">As LaTeX, without delimiters.</param>
/// <param name="MathMl">The same as MathML Core: one <c>math</c> element.</param>
public sealed record Formula(string Latex, string MathMl);

/// <summary>A request to send unchanged.</summary>
/// <param name="Id">Its name, unique in the lesson.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Route">Path and query.</param>
/// <param name="Accept">The media type to ask for; null for the usual one.</param>
/// <param name="Body">The body as JSON; null if there is none.</param>
/// <param name="Quotes">What the text quotes from the answer.</param>
public sealed record Example(string Id, string Title, string Method, string Route, string? Accept, string? Body, IReadOnlyList<Quote> Quotes);

/// <summary>A value that the text of a lesson quotes from the answer to an example.</summary>
/// <param name="Path">Its place as a JSON Pointer (RFC 6901); empty if the text is a part of an answer that is not JSON.</param>
/// <param name="Text">As the text shows it: a number may be rounded, a text may be a part.</param>
public sealed record Quote(string Path, string Text);

/// <summary>A sentence to remember.</summary>
/// <param name="Text">The sentence, as Markdown.</param>
/// <param name="Citations">The works that support it.</param>
public sealed record Takeaway(string Text, IReadOnlyList<Reference> Citations);

/// <summary>A work, with an address under which its authors, year and title can be checked: a DOI or a URL.</summary>
/// <param name="Authors">All its authors.</param>
/// <param name="Year">The year of publication.</param>
/// <param name="Title">Its title.</param>
/// <param name="Venue">Journal, conference or publisher, with volume and pages.</param>
/// <param name="Where">The chapter or section that is meant; null for the whole.</param>
/// <param name="Doi">Its DOI; null if there is none.</param>
/// <param name="Url">Its URL; null if it has a DOI.</param>
public sealed record Reference(string Authors, int Year, string Title, string Venue, string? Where, string? Doi, string? Url)
{
    /// <summary>The address at which it is found.</summary>
    public string? Address => Doi is null ? Url : $"https://doi.org/{Doi}";
}
