using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backprop.Client.Json;

/// <summary>Maps JSON errors to a path and a message in the terms of the contract rather than .NET.</summary>
public static partial class JsonErrors
{
    // What Python and JavaScript write is not all JSON.
    private static readonly (char First, string Hint)[] Literals =
    [
        ('N', "write \"NaN\" in quotes, and null for None"),
        ('I', "write \"Infinity\" and \"-Infinity\" in quotes"),
        ('T', "write true in lower case"),
        ('F', "write false in lower case"),
        ('\'', "texts and names are in double quotes"),
        ('u', "undefined is no value of JSON; leave the member out"),
    ];

    /// <summary>
    /// The JSON path of an error, without <c>$.</c> and "" for the whole body (<c>graph.nodes[0].op</c>), and a message for the caller.
    /// </summary>
    public static (string Path, string Message) Locate(JsonException exception)
    {
        string path = exception.Path is { } full && full.StartsWith('$') ? full[1..].TrimStart('.') : string.Empty;
        if (exception is ContractException refused)
        {
            return (Join(path, refused.Member), refused.Message);
        }

        // The reader's own errors are of a derived type, which the serializer wraps.
        if (exception.InnerException is JsonException || exception.GetType() != typeof(JsonException))
        {
            return (path, Syntax(exception));
        }

        string message = exception.Message;
        if (Missing().Match(message) is { Success: true } missing)
        {
            string[] members = [.. Quoted().Matches(missing.Groups[1].Value).Select(match => match.Groups[1].Value)];
            return (Join(path, members[0]), members.Length == 1 ? "The member is missing." : $"Members are missing: {string.Join(", ", members)}.");
        }

        return (path, Refusal(message, path, exception.InnerException));
    }

    /// <summary>The record of the contract that an error concerns: one that lacks a member, or one whose value has another form.</summary>
    /// <param name="exception">The error.</param>
    /// <returns>The record and the member that it lacks, or null if the error concerns no record.</returns>
    public static (Type Type, string? UnknownMember)? RecordOf(JsonException exception)
    {
        if (exception is ContractException { Reported: { } reported })
        {
            return RecordOf(reported);
        }

        Match named = RecordNamed().Match(exception.Message);
        return named.Success && typeof(JsonErrors).Assembly.GetType(named.Groups["type"].Value) is { } type
            ? (type, named.Groups["member"] is { Success: true } member ? member.Value : null)
            : null;
    }

    private static string Join(string path, string member) =>
        path.Length == 0 || member.Length == 0 || member[0] == '[' ? path + member : $"{path}.{member}";

    private static string Syntax(JsonException exception)
    {
        string message = exception.Message;
        if (message.StartsWith("The input does not contain any JSON", StringComparison.Ordinal))
        {
            return "The body must be JSON; it is empty.";
        }

        foreach (string end in (string[])[" Path: ", " which is not supported in this mode", " Change the reader options"])
        {
            int cut = message.IndexOf(end, StringComparison.Ordinal);
            message = cut < 0 ? message : message[..cut];
        }

        string found = $"Malformed JSON: {message.TrimEnd('.')} (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
        return Literals.FirstOrDefault(literal => message.StartsWith($"'{literal.First}' is an invalid", StringComparison.Ordinal)) is
        { Hint: { } hint } ? $"{found}; {hint}." : $"{found}.";
    }

    private static string Refusal(string message, string path, Exception? cause) => message switch
    {
        _ when message.Contains("could not be mapped to any", StringComparison.Ordinal) => "Unknown member.",
        _ when message.StartsWith("Duplicate propert", StringComparison.Ordinal) => "The member appears twice.",
        _ when message.Contains("allow null values", StringComparison.Ordinal) || message.Contains("allow setting null", StringComparison.Ordinal)
            => "Null is not allowed here.",
        _ when cause is not null => Cause(cause.Message),
        _ when message.Contains("Dictionary", StringComparison.Ordinal) => "The value must be an object.",
        _ when message.Contains("List", StringComparison.Ordinal) || message.Contains("[]", StringComparison.Ordinal) => "The value must be a list.",
        _ => path.Length == 0 ? "The body must be a JSON object." : "The value has the wrong type.",
    };

    private static string Cause(string message)
    {
        if (TokenType().Match(message) is { Success: true } token)
        {
            return $"The value must be a {token.Groups[2].Value}; got {TokenNames.Of(Enum.Parse<JsonTokenType>(token.Groups[1].Value))}.";
        }

        if (message.Contains("UTF-8", StringComparison.Ordinal) || message.Contains("surrogate", StringComparison.Ordinal))
        {
            return "The text is not valid Unicode.";
        }

        return message.Contains("Base", StringComparison.OrdinalIgnoreCase)
            ? "The string is not valid base64."
            : "The number must be whole and within range.";
    }

    [GeneratedRegex("missing required properties including: (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex(
        "^The JSON (property '(?<member>.*)' could not be mapped to any .* contained in type '|value could not be converted to )(?<type>[\\w.+]*\\w)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex RecordNamed();

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex("token type '(\\w+)' as a (\\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex TokenType();
}
