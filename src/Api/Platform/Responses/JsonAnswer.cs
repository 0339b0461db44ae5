using System.Buffers;
using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Compute.Engine;

namespace Backprop.Api.Platform.Responses;

/// <summary>Writes answers: a small one at once with its length, a large one while it is computed.</summary>
internal static class JsonAnswer
{
    private const string ContentType = "application/json; charset=utf-8";
    private const long MostElementsAtOnce = 1 << 16;
    private const int MostKept = 1 << 20;

    // Bytes per float64 number, in base64 or as decimal digits.
    private const int BytesOfElement = 8;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer)? spare;

    /// <summary>Writes an answer; JSON unless the response states another type.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">Writes the answer.</param>
    /// <param name="execution">What the run gave; nothing of it is used when this has ended.</param>
    /// <param name="options">The options of the contract.</param>
    public static async Task WriteAsync(HttpContext context, ResponseWriter answer, Execution execution, JsonSerializerOptions options)
    {
        HttpResponse response = context.Response;
        response.ContentType ??= ContentType;
        long elements = execution.Results.Sum(result => (long)result.Value.Count);
        if (elements > MostElementsAtOnce)
        {
            DataRates.Expect(context, elements * BytesOfElement);
            await answer.WriteAsync(response.BodyWriter, execution, options, context.RequestAborted);
            return;
        }

        await WriteAtOnceAsync(response, answer, execution, options);
    }

    private static ValueTask<System.IO.Pipelines.FlushResult> WriteAtOnceAsync(HttpResponse response, ResponseWriter answer, Execution execution,
        JsonSerializerOptions options)
    {
        (ArrayBufferWriter<byte> bytes, Utf8JsonWriter writer) = spare ?? Fresh(options);
        spare = null;
        answer.Write(writer, execution, options);
        writer.Flush();
        response.ContentLength = bytes.WrittenCount;
        response.BodyWriter.Write(bytes.WrittenSpan);
        if (bytes.Capacity <= MostKept)
        {
            bytes.ResetWrittenCount();
            writer.Reset();
            spare = (bytes, writer);
        }

        return response.BodyWriter.FlushAsync();
    }

    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer) Fresh(JsonSerializerOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        return (bytes, new Utf8JsonWriter(bytes, WriterOptions(options)));
    }

    /// <summary>How JSON is written. The records are checked when they are made; checking every token again would find nothing.</summary>
    internal static JsonWriterOptions WriterOptions(JsonSerializerOptions options) => new() { Encoder = options.Encoder, SkipValidation = true };
}
