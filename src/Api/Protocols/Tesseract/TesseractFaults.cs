using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Requests;
using Backprop.Domain.Suggestions;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>Collects the errors of a body, which are reported together.</summary>
internal sealed class TesseractFaults
{
    private const int Most = 100;
    private const int MostEchoed = 1024;
    private const int MostListed = 20;
    private readonly List<TesseractFault> faults = [];

    /// <summary>A member is missing.</summary>
    /// <param name="loc">Where it should be.</param>
    /// <param name="owner">The object without it.</param>
    public void Missing(object[] loc, ReadOnlyMemory<byte> owner) => Add(new TesseractFault("missing", loc, "Field required", Echo(owner)));

    /// <summary>A value is not one of a few.</summary>
    public void Literal(object[] loc, ReadOnlyMemory<byte> value, IReadOnlyList<string> expected)
    {
        string[] quoted = [.. expected.Take(MostListed).Select(name => $"'{name}'"), .. expected.Count > MostListed
            ? new[] { $"{expected.Count - MostListed} more" } : []];
        string text = quoted.Length == 0 ? string.Empty : NameSuggestions.Alternatives(quoted);
        Add(new TesseractFault("literal_error", loc, $"Input should be {text}", Echo(value), new Dictionary<string, object> { ["expected"] = text }));
    }

    /// <summary>A value has the wrong type.</summary>
    /// <param name="loc">Where.</param>
    /// <param name="value">The value.</param>
    /// <param name="kind">What was expected: <c>dictionary</c>, <c>set</c>, <c>string</c>.</param>
    public void Kind(object[] loc, ReadOnlyMemory<byte> value, string kind) =>
        Add(new TesseractFault(kind == "dictionary" ? "dict_type" : $"{kind}_type", loc, $"Input should be a valid {kind}", Echo(value)));

    /// <summary>A set of names is empty.</summary>
    public void Empty(object[] loc) => Add(new TesseractFault(
        "too_short", loc, "Set should have at least 1 item after validation, not 0", new JsonArray(), new Dictionary<string,
            object>
        { ["field_type"] = "Set", ["min_length"] = 1, ["actual_length"] = 0 }));

    /// <summary>Any other error.</summary>
    public void Value(object[] loc, ReadOnlyMemory<byte> value, string message) => Add(TesseractFault.Value(loc, message, Echo(value)));

    /// <summary>The value of a member; null, and an error, if it is missing.</summary>
    /// <param name="members">The members of <paramref name="owner"/>.</param>
    /// <param name="name">The member.</param>
    /// <param name="owner">The object.</param>
    /// <param name="loc">The location of the object.</param>
    public ReadOnlyMemory<byte>? Require(JsonMembers members, string name, ReadOnlyMemory<byte> owner, object[] loc)
    {
        if (members.TryGet(name, out ReadOnlyMemory<byte> value))
        {
            return value;
        }

        Missing([.. loc, name], owner);
        return null;
    }

    /// <summary>Every member other than the known ones is an error.</summary>
    public void RefuseExtras(JsonMembers members, IEnumerable<string> known, object[] loc)
    {
        foreach (string name in members.Names.Except(known))
        {
            if (members.TryGet(name, out ReadOnlyMemory<byte> value))
            {
                Extra([.. loc, name], value);
            }
        }
    }

    /// <summary>Ends the request if there are errors.</summary>
    /// <exception cref="TesseractFaultException">There are errors.</exception>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
        {
            throw new TesseractFaultException(faults);
        }
    }

    /// <summary>A value as it is in the body; null if it is long or cannot be parsed.</summary>
    public static JsonNode? Echo(ReadOnlyMemory<byte> json)
    {
        try
        {
            return json.Length is 0 or > MostEchoed ? null : JsonNode.Parse(json.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Extra(object[] loc, ReadOnlyMemory<byte> value) =>
        Add(new TesseractFault("extra_forbidden", loc, "Extra inputs are not permitted", Echo(value)));

    private void Add(TesseractFault fault)
    {
        if (faults.Count < Most)
        {
            faults.Add(fault);
        }
    }
}
