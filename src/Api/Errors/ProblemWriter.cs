using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Api.Errors;

/// <summary>Writes problems, whatever the client's <c>Accept</c> header says: an error is never without a body.</summary>
public static class ProblemWriter
{
    /// <summary>The media type of every error.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Makes the problem the answer of the request.</summary>
    /// <param name="context">The request, whose answer has not begun.</param>
    /// <param name="problem">The problem.</param>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        // The length is stated so that small answers are not compressed. No token: a client that has gone is no error here.
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, Options);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (problem.Header is { } header)
            response.Headers[header.Name] = header.Value;
        await response.Body.WriteAsync(body);
    }
}
