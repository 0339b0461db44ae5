using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Errors;
using Backprop.Client.Json;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Something wrong with a body, as pydantic tells it; the SDK rebuilds its exceptions from these, and knows pydantic's types alone.
/// </summary>
/// <param name="Type">What is wrong: <c>missing</c>, <c>extra_forbidden</c>, <c>literal_error</c>, <c>value_error</c>, …</param>
/// <param name="Loc">Where: names and indices, from <c>body</c> on.</param>
/// <param name="Msg">What is wrong, for a person.</param>
/// <param name="Input">What stood there; null where it is long.</param>
/// <param name="Ctx">What the message was made of.</param>
internal sealed record TesseractFault(string Type, object[] Loc, string Msg, JsonNode? Input = null, IReadOnlyDictionary<string, object>? Ctx = null)
{
    /// <summary>A fault of a kind that pydantic does not know by itself.</summary>
    public static TesseractFault Value(object[] loc, string message, JsonNode? input = null) =>
        new("value_error", loc, $"Value error, {message}", input, new Dictionary<string, object> { ["error"] = message });

    /// <summary>The same with names that are cut where they are long.</summary>
    public TesseractFault Brief() => this with
    {
        Loc = [.. Loc.Select(part => part is string name ? BriefText.Name(name) : part)],
        Msg = BriefText.Message(Msg),
        Ctx = Ctx?.ToDictionary(entry => entry.Key, entry => entry.Value is string text ? BriefText.Message(text) : entry.Value),
    };

    /// <summary>The body is no JSON.</summary>
    public static TesseractFault Json(JsonException error)
    {
        string message = JsonErrors.Locate(error).Message;
        return new TesseractFault("json_invalid", ["body"], $"Invalid JSON: {message}", null, new Dictionary<string, object> { ["error"] = message });
    }
}

/// <summary>Ends a request that is wrong (422).</summary>
/// <param name="faults">What is wrong.</param>
internal sealed class TesseractFaultException(IReadOnlyList<TesseractFault> faults) : Exception("The body is wrong.")
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<TesseractFault> Faults => faults;
}
