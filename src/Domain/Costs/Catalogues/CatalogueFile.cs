using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Domain.Costs.Catalogues;

/// <summary>Rows of a catalogue, read from a file embedded in this assembly.</summary>
internal static class CatalogueFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the rows of a file.</summary>
    public static IReadOnlyList<T> Read<T>(string file)
    {
        using Stream stream = typeof(CatalogueFile).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        return JsonSerializer.Deserialize<T[]>(stream, Options)!;
    }

    /// <summary>Rows by id and alias; no two rows share a name.</summary>
    public static FrozenDictionary<string, T> Index<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<string>> names) => rows
        .SelectMany(row => names(row).Select(name => KeyValuePair.Create(name, row)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}

/// <summary>Suggestions for an unknown id.</summary>
internal static class NearestIds
{
    private const int LeastShared = 3;
    private const int MostShown = 3;

    /// <summary>
    /// The ids that contain the text or are contained in it, otherwise those with the longest common prefix; only letters and digits count.
    /// </summary>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> ids)
    {
        string asked = Plain(text);
        (string Id, int Shared)[] known = [.. ids.Select(id => (id, Likeness(asked, Plain(id)))).Where(pair => pair.Item2 >= LeastShared)];
        int most = known.Length == 0 ? 0 : known.Max(pair => pair.Shared);
        return [.. known.Where(pair => pair.Shared == most).Select(pair => pair.Id).Take(MostShown)];
    }

    private static int Likeness(string asked, string id) =>
        asked.Length > 0 && (id.Contains(asked, StringComparison.Ordinal) || asked.Contains(id, StringComparison.Ordinal))
            ? Math.Max(asked.Length, id.Length)
            : asked.Zip(id).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string Plain(string text) => string.Concat(text.Take(100).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
