using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Json;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>An error of a body in pydantic's form; the SDK rebuilds its exceptions from these and knows only pydantic's types.</summary>
/// <param name="Type">The error type: <c>missing</c>, <c>extra_forbidden</c>, <c>literal_error</c>, <c>value_error</c>, …</param>
/// <param name="Loc">Where: names and indices, from <c>body</c> on.</param>
/// <param name="Msg">What is wrong, for a person.</param>
/// <param name="Input">The offending value; null if it is long.</param>
/// <param name="Ctx">The arguments of the message.</param>
internal sealed record TesseractFault(string Type, object[] Loc, string Msg, JsonNode? Input = null, IReadOnlyDictionary<string, object>? Ctx = null)
{
    /// <summary>An error for which pydantic has no type of its own.</summary>
    public static TesseractFault Value(object[] loc, string message, JsonNode? input = null) =>
        new("value_error", loc, $"Value error, {message}", input, new Dictionary<string, object> { ["error"] = message });

    /// <summary>The same with long names shortened.</summary>
    public TesseractFault Brief() => this with
    {
        Loc = [.. Loc.Select(part => part is string name ? BriefText.Name(name) : part)],
        Msg = BriefText.Message(Msg),
        Ctx = Ctx?.ToDictionary(entry => entry.Key, entry => entry.Value is string text ? BriefText.Message(text) : entry.Value),
    };

    /// <summary>The body is not valid JSON.</summary>
    public static TesseractFault Json(JsonException error)
    {
        string message = JsonErrors.Locate(error).Message;
        return new TesseractFault("json_invalid", ["body"], $"Invalid JSON: {message}", null, new Dictionary<string, object> { ["error"] = message });
    }
}

/// <summary>Ends a request with an invalid body (422).</summary>
/// <param name="faults">The errors.</param>
internal sealed class TesseractFaultException(IReadOnlyList<TesseractFault> faults) : Exception("The body is invalid.")
{
    /// <summary>The errors.</summary>
    public IReadOnlyList<TesseractFault> Faults => faults;
}
