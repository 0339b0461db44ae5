using System.Text.Json;
using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>Problems in the form of UM-Bridge: <c>{"error":{"type","message"}}</c> with exactly these keys.</summary>
internal static class UmBridgeErrors
{
    /// <summary>The metadata of the routes.</summary>
    public static readonly ProblemForm Form = new(Of, typeof(UmBridgeError));

    /// <summary>The model does not support the request, such as a derivative with respect to an integer.</summary>
    public static ProblemException Unsupported(string message) => new(StatusCodes.Status501NotImplemented, "", message);

    /// <summary>The request is invalid.</summary>
    public static ProblemException Invalid(string member, string message) => new(StatusCodes.Status400BadRequest, member, message);

    /// <summary>The protocol cannot represent the result.</summary>
    public static ProblemException InvalidOutput(string message) => new(StatusCodes.Status500InternalServerError, "", message);

    // The protocol knows the statuses 400 and 500; those for retrying or for a missing key are kept.
    private static (int Status, byte[] Body) Of(Problem problem)
    {
        (int status, string type) = problem.Status switch
        {
            404 => (400, "ModelNotFound"),
            501 => (400, "UnsupportedFeature"),
            500 => (500, "InvalidOutput"),
            401 or 413 or 429 or 503 => (problem.Status, problem.Title.Replace(" ", "", StringComparison.Ordinal)),
            _ => (400, "InvalidInput"),
        };
        return (status, JsonSerializer.SerializeToUtf8Bytes(new UmBridgeError(new UmBridgeFault(type, Message(problem))), JsonSerializerOptions.Web));
    }

    // The protocol names a graph by the member name.
    private static string Message(Problem problem) =>
        problem.Errors?.Keys.FirstOrDefault() is { Length: > 0 } path && problem.Status is 400 or 422
            ? $"{(path == "graphId" ? "name" : path)}: {problem.Detail}"
            : problem.Detail;
}
