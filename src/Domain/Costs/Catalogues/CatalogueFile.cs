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

    /// <summary>Rows by id and alias, in either case; no two rows share a name.</summary>
    public static FrozenDictionary<string, T> Index<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<string>> names) => rows
        .SelectMany(row => names(row).Select(name => KeyValuePair.Create(name, row)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
