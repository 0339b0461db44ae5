using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Json;
using Backprop.Domain.Suggestions;

namespace Backprop.Api.Platform.Requests;

/// <summary>Describes what is wrong with a JSON body, with the members that the record at that place has.</summary>
internal static class BodyErrors
{
    private const int LongestEcho = 60;

    /// <summary>The problem of a body that cannot be read (400).</summary>
    /// <param name="error">What was found.</param>
    /// <param name="json">The body.</param>
    /// <param name="options">How bodies are read.</param>
    public static ProblemException Of(JsonException error, ReadOnlySpan<byte> json, JsonSerializerOptions options)
    {
        (string path, string message) = JsonErrors.Locate(error);
        string hint = JsonErrors.RecordOf(error) is not { } record ? string.Empty
            : record.UnknownMember is { } name ? Members(record.Type, options, name)
            : Form(record.Type, options, error, json);
        return new ProblemException(StatusCodes.Status400BadRequest, path, hint.Length == 0 ? message : message.TrimEnd('.') + hint);
    }

    private static string Members(Type record, JsonSerializerOptions options, string unknown)
    {
        string[] members = [.. options.GetTypeInfo(record).Properties.Where(member => member.Get is not null).Select(member => member.Name)];
        return new NameSuggestions(members, MemberSynonyms.All).Hint(unknown, $"; expected one of {string.Join(", ", members)}");
    }

    // A text where a record with a name is expected: ["x"] in place of [{"name":"x"}].
    private static string Form(Type record, JsonSerializerOptions options, JsonException error, ReadOnlySpan<byte> json)
    {
        JsonTypeInfo type = options.GetTypeInfo(record);
        string[] required = [.. type.Properties.Where(member => member.IsRequired).Select(member => member.Name)];
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return string.Empty;
        }

        return required is ["name"] && TextBefore(error, json) is { } text
            ? $$"""; write {"name":{{text}}}"""
            : $"; expected an object with {(required.Length > 0 ? "" : "any of ")}"
                + $"{string.Join(", ", required.Length > 0 ? required : type.Properties.Select(member => member.Name))}";
    }

    // The text that ends where the error is, with its quotation marks.
    private static string? TextBefore(JsonException error, ReadOnlySpan<byte> json)
    {
        int end = Offset(error, json);
        if (end < 2 || end > json.Length || json[end - 1] != '"')
        {
            return null;
        }

        int start = json[..(end - 1)].LastIndexOf((byte)'"');
        ReadOnlySpan<byte> text = start < 0 ? default : json[start..end];
        return text.Length is > 2 and <= LongestEcho && !text.Contains((byte)'\\') ? Encoding.UTF8.GetString(text) : null;
    }

    private static int Offset(JsonException error, ReadOnlySpan<byte> json)
    {
        int start = 0;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (int)(error.BytePositionInLine ?? 0);
    }
}
