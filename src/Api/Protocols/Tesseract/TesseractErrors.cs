using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>Errors in the form of FastAPI: <c>{"detail":…}</c>, a list if the body is invalid (422), otherwise a string.</summary>
internal static class TesseractErrors
{
    /// <summary>The metadata of the routes.</summary>
    public static readonly ProblemForm Form = new(Of, typeof(TesseractError));

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the errors of a body.</summary>
    public static async Task WriteAsync(HttpContext context, IReadOnlyList<TesseractFault> faults)
    {
        byte[] body = Body(faults);
        context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        context.Response.ContentType = ProblemForm.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static (int Status, byte[] Body) Of(Problem problem) => problem.Status switch
    {
        400 or 422 => (422, Body([.. Faults(problem)])),
        _ => (problem.Status, JsonSerializer.SerializeToUtf8Bytes(new { detail = problem.Detail }, Options)),
    };

    private static IEnumerable<TesseractFault> Faults(Problem problem) => problem.Errors is { Count: > 0 } errors
        ? errors.SelectMany(entry => entry.Value.Select(message => TesseractFault.Value(Loc(entry.Key), message)))
        : [TesseractFault.Value(["body"], problem.Detail)];

    /// <summary>
    /// Maps one of our paths to the location in a body of this protocol: <c>tangents.x</c> is <c>["body","tangent_vector","x"]</c>.
    /// </summary>
    public static object[] Loc(string path)
    {
        int dot = path.IndexOf('.');
        string? member = (dot < 0 ? path : path[..dot]) switch
        {
            "inputs" => "inputs",
            "tangents" => "tangent_vector",
            "cotangents" => "cotangent_vector",
            _ => null,
        };
        return member is null ? ["body"] : dot < 0 ? ["body", member] : ["body", member, path[(dot + 1)..]];
    }

    private static byte[] Body(IReadOnlyList<TesseractFault> faults) =>
        JsonSerializer.SerializeToUtf8Bytes(new { detail = faults.Select(fault => Written(fault.Brief())) }, Options);

    // Pydantic omits an empty context, but never the input.
    private static Dictionary<string, object?> Written(TesseractFault fault)
    {
        var written = new Dictionary<string, object?> { ["type"] = fault.Type, ["loc"] = fault.Loc, ["msg"] = fault.Msg, ["input"] = fault.Input };
        if (fault.Ctx is { } context)
        {
            written["ctx"] = context;
        }

        return written;
    }
}
