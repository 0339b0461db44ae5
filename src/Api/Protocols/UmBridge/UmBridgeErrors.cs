using System.Text.Json;
using Backprop.Api.Platform.Errors;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>Problems in the form of UM-Bridge: <c>{"error":{"type","message"}}</c> with exactly these keys.</summary>
internal static class UmBridgeErrors
{
    /// <summary>The metadata of the routes.</summary>
    public static readonly ProblemForm Form = new(Of);

    /// <summary>What is asked is nothing that this model has, such as the derivative by an integer.</summary>
    public static ProblemException Unsupported(string message) => new(StatusCodes.Status501NotImplemented, "", message);

    /// <summary>The request is wrong.</summary>
    public static ProblemException Invalid(string member, string message) => new(StatusCodes.Status400BadRequest, member, message);

    /// <summary>The result is none that the protocol can carry.</summary>
    public static ProblemException InvalidOutput(string message) => new(StatusCodes.Status500InternalServerError, "", message);

    // The protocol knows the statuses 400 and 500; those that tell a client to come again, or with a key, stay as they are.
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
        return (status, JsonSerializer.SerializeToUtf8Bytes(new { error = new { type, message = Message(problem) } }));
    }

    private static string Message(Problem problem) =>
        problem.Errors?.Keys.FirstOrDefault() is { Length: > 0 } path && problem.Status is 400 or 422 ? $"{path}: {problem.Detail}" : problem.Detail;
}
