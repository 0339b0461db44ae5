using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Practice;

/// <summary>Questions as JSON, in content files and in the database. The members are those of the wire contract.</summary>
public static class QuestionJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new DimensionConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(LeaveOutEmpty),
    };

    /// <summary>Reads a set of questions, such as a content file.</summary>
    /// <exception cref="JsonException">The text is not valid JSON of this form.</exception>
    public static QuestionSet ReadSet(Stream utf8) =>
        JsonSerializer.Deserialize<QuestionSet>(utf8, Options) ?? throw new JsonException("The value must be an object, not null.");

    /// <summary>Reads one question.</summary>
    public static Question Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Question>(utf8, Options) ?? throw new JsonException("The value must be an object, not null.");

    /// <summary>Writes one question: the same question gives the same bytes.</summary>
    public static byte[] Write(Question question) => JsonSerializer.SerializeToUtf8Bytes(question, Options);

    // Absent lists and false flags are read as their defaults.
    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo member in type.Properties)
        {
            if (type.Type == typeof(Question) && member.PropertyType == typeof(bool))
            {
                member.ShouldSerialize = static (_, value) => value is true;
            }
            else if (type.Type == typeof(Question) && typeof(IEnumerable).IsAssignableFrom(member.PropertyType)
                && member.PropertyType != typeof(string))
            {
                member.ShouldSerialize = static (_, value) => value is IEnumerable list && list.GetEnumerator().MoveNext();
            }
        }
    }
}
