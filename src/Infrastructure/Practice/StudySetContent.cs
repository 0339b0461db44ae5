using System.Reflection;
using System.Text.Json;
using Backprop.Domain.Practice.StudySets;

namespace Backprop.Infrastructure.Practice;

/// <summary>The study sets that are embedded in this assembly.</summary>
public static class StudySetContent
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict) { PropertyNameCaseInsensitive = true };
    private static readonly string Folder = $"{typeof(StudySetContent).Namespace}.StudySets.";

    /// <summary>All of them, by the names of their files.</summary>
    /// <exception cref="JsonException">A file cannot be read; the exception names the position.</exception>
    public static StudySetCatalogue Read()
    {
        Assembly here = typeof(StudySetContent).Assembly;
        IEnumerable<string> files = here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return new StudySetCatalogue([.. files.Select(file => Read(here, file))]);
    }

    private static StudySet Read(Assembly here, string file)
    {
        using Stream stream = here.GetManifestResourceStream(file)!;
        StudyFile read = JsonSerializer.Deserialize<StudyFile>(stream, Options)!;
        IEnumerable<StudyItem> items = read.Parts
            .SelectMany(part => part.Items, (part, item) => (part.Title, Item: item.Split(':', 2)))
            .Select((entry, index) =>
                new StudyItem(index + 1, entry.Title, Enum.Parse<StudyMaterial>(entry.Item[0], ignoreCase: true), entry.Item[1]));
        return new StudySet(read.Id, read.Title, read.Summary, [.. items]);
    }

    /// <summary>A file.</summary>
    /// <param name="Id">The id of the set.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Summary">What it is for.</param>
    /// <param name="Parts">Its parts in order.</param>
    private sealed record StudyFile(string Id, string Title, string Summary, IReadOnlyList<StudyPart> Parts);

    /// <summary>A part of a set.</summary>
    /// <param name="Title">Its title.</param>
    /// <param name="Items">Its items in order, each a kind and an id: <c>question:affine-square</c>.</param>
    private sealed record StudyPart(string Title, IReadOnlyList<string> Items);
}
