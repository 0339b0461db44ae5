using System.Text.Json;
using System.Text.Json.Nodes;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>What the page shows after a request was executed, or refused before it was sent.</summary>
/// <param name="Status">The status; null if the page refused the request or got no answer.</param>
/// <param name="IsDocumented">Whether the document describes the status.</param>
/// <param name="Text">The body, or why there is none.</param>
internal sealed record LiveResponse(int? Status, bool IsDocumented, string Text)
{
    private const int LongestDetail = 400;

    public bool Succeeded => Status is >= 200 and < 400 && IsDocumented;

    /// <summary>The id of the resource that was created, if it is random; the examples of others name it as it is.</summary>
    public string? CreatedId => Status is 201 or 202 && (string?)JsonNode.Parse(Text)?["id"] is { } id && Guid.TryParse(id, out _) ? id : null;

    public override string ToString() => $"{Status} {(Status is null || IsDocumented ? "" : "(undocumented) ")}{Detail()}";

    // The detail of a problem says it all; of any other text the beginning has to do.
    private string Detail()
    {
        try
        {
            return JsonNode.Parse(Text) is JsonObject problem && problem["detail"] is { } detail ? detail.ToString() : Beginning();
        }
        catch (JsonException)
        {
            return Beginning();
        }
    }

    private string Beginning() => Text.Length > LongestDetail ? Text[..LongestDetail] : Text;
}
