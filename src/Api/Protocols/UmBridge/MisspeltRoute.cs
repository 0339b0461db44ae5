using System.Text.Json;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>
/// Requests that reached a route of UM-Bridge by a slip: routing ignores case, so <c>/gradient</c> is <c>/Gradient</c>, but <c>/gradients</c> was
/// meant. They name no model, and they use another case or name a graph.
/// </summary>
internal static class MisspeltRoute
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/Evaluate"] = "/evaluations",
        ["/Gradient"] = "/gradients",
        ["/ApplyJacobian"] = "/jacobian-vector-products",
        ["/ApplyHessian"] = "/hessian-vector-products",
    };

    private static readonly string[] Graphs = ["graph", "expression", "graphId", "onnx"];

    /// <summary>The members of the body.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    /// <exception cref="ProblemException">It is not a JSON object, and the path is not written as in the protocol (404).</exception>
    public static JsonMembers Members(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonMembers.Read(body);
        }
        catch (JsonException) when (Of(request, null) is { } slip)
        {
            throw slip;
        }
    }

    /// <summary>The problem of a request without the name of a model; null if it may be one of the protocol.</summary>
    /// <param name="request">The request.</param>
    /// <param name="members">The members of its body; null if it has none.</param>
    public static ProblemException? Of(HttpRequest request, JsonMembers? members)
    {
        string path = request.Path.Value ?? "";
        return Meant.TryGetValue(path, out string? route) && (!Meant.Keys.Contains(path, StringComparer.Ordinal) || Graphs.Any(IsGiven))
            ? new ProblemException(new Problem(StatusCodes.Status404NotFound,
                $"No resource at {path}; did you mean POST {route}? UM-Bridge's route of this name needs the name of a model.")
            { OutsideProtocol = true })
            : null;

        bool IsGiven(string member) => members?.TryGet(member, out _) == true;
    }
}
