using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Domain.Practice.Lessons;

namespace Backprop.Infrastructure.Practice.Lessons;

/// <summary>The lessons that are embedded in this assembly, read at their first use.</summary>
public static class LessonContent
{
    private const string Folder = "lessons/";
    private const string Entry = "/lesson.json";

    private static readonly Assembly Here = typeof(LessonContent).Assembly;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Lazy<IReadOnlyList<Lesson>> Lessons = new(() =>
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Entry, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(JsonSerializer.Deserialize<LessonFile>(Text(name), Options)!)),
    ]);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> MathMl = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Text($"{Folder}formulas.json"), Options)!);

    /// <summary>All lessons, in the order of their ids.</summary>
    public static IReadOnlyList<Lesson> All => Lessons.Value;

    /// <summary>The MathML of each formula by its LaTeX, as <c>make_formulas.mjs</c> wrote it.</summary>
    internal static IReadOnlyDictionary<string, string> Formulas => MathMl.Value;

    /// <summary>A lesson; null if there is none of this id.</summary>
    public static Lesson? Find(string id) => All.FirstOrDefault(lesson => lesson.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a section as it is written, with the places of what it quotes.</summary>
    internal static string Written(string lesson, string section) => Text($"{Folder}{lesson}/{section}.md");

    private static Lesson Read(LessonFile file)
    {
        Dictionary<string, Reference> works = file.FurtherReading.ToDictionary(work => work.Id, work =>
            new Reference(work.Authors, work.Year, work.Title, work.Venue, work.Where, work.Doi, work.Url));
        return new Lesson(
            file.Id,
            file.Title,
            file.Source,
            [.. file.Sections.Select(section => Read(section, new LessonText(Written(file.Id, section.Id))))],
            [.. file.Takeaways.Select(takeaway => new Takeaway(
                takeaway.Text, [.. takeaway.Citations.Select(citation => works[citation.Work] with { Where = citation.Where })]))],
            [.. works.Values]);
    }

    private static Section Read(LessonFile.SectionEntry section, LessonText text)
    {
        ILookup<string, Quote> quotes = text.Quotes.ToLookup(entry => entry.Example, entry => entry.Quote);
        return quotes.FirstOrDefault(entry => section.Examples.All(example => example.Id != entry.Key)) is { } unknown
            ? throw new InvalidDataException($"The section '{section.Id}' quotes the answer of '{unknown.Key}', which is none of its examples.")
            : new Section(
                section.Id,
                section.Title,
                text.Markdown,
                [.. text.Formulas.Select(latex => new Formula(latex, Formulas[latex]))],
                [.. section.Examples.Select(example => new Example(
                    example.Id,
                    example.Title,
                    example.Method,
                    example.Route,
                    example.Accept,
                    example.Body is { } body ? JsonSerializer.Serialize(body, Options) : null,
                    [.. quotes[example.Id]]))],
                section.Experiments,
                section.Questions);
    }

    private static string Text(string resource)
    {
        using Stream stream = Here.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"There is no embedded file '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
