using System.Text.Json;

namespace Backprop.Infrastructure.Practice.Lessons;

/// <summary>A <c>lesson.json</c>: everything of a lesson but its text. The folder's README describes the members.</summary>
internal sealed record LessonFile(
    string Id,
    string Title,
    string Source,
    IReadOnlyList<LessonFile.SectionEntry> Sections,
    IReadOnlyList<LessonFile.TakeawayEntry> Takeaways,
    IReadOnlyList<LessonFile.WorkEntry> FurtherReading)
{
    /// <summary>A section, whose text is in the file of its id.</summary>
    internal sealed record SectionEntry(string Id, string Title)
    {
        public IReadOnlyList<ExampleEntry> Examples { get; init; } = [];

        public IReadOnlyList<string> Experiments { get; init; } = [];

        public IReadOnlyList<string> Questions { get; init; } = [];
    }

    /// <summary>A request.</summary>
    internal sealed record ExampleEntry(string Id, string Title, string Method, string Route, string? Accept = null, JsonElement? Body = null);

    /// <summary>A sentence to remember.</summary>
    internal sealed record TakeawayEntry(string Text, IReadOnlyList<CitationEntry> Citations);

    /// <summary>A place in one of the works of the further reading.</summary>
    internal sealed record CitationEntry(string Work, string? Where = null);

    /// <summary>A work.</summary>
    internal sealed record WorkEntry(
        string Id, string Authors, int Year, string Title, string Venue, string? Where = null, string? Doi = null, string? Url = null);
}
