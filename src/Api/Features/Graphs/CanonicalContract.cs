using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Graphs;

namespace Backprop.Api.Features.Graphs;

/// <summary>Maps the canonical JSON of a graph to contract records; it is also the wire form.</summary>
internal static class CanonicalContract
{
    private static readonly JsonSerializerOptions Options = BackpropJson.Create();

    /// <summary>Reads canonical JSON.</summary>
    public static GraphContract Read(string json) => JsonSerializer.Deserialize<GraphContract>(json, Options)!;

    /// <summary>Reads only the inputs and outputs.</summary>
    public static GraphRegistrationRequest ReadDeclarations(string json) => JsonSerializer.Deserialize<GraphRegistrationRequest>(json, Options)!;
}
