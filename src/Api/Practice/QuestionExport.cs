using System.Text.Json;
using Backprop.Client;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Question = Backprop.Domain.Practice.Questions.Question;
using Topic = Backprop.Domain.Practice.Questions.Topic;

namespace Backprop.Api.Practice;

/// <summary>An export, written as the questions come out of the database: it is never in memory as a whole.</summary>
/// <param name="format">The form.</param>
/// <param name="topics">The topics of the questions.</param>
/// <param name="questions">The questions.</param>
public sealed class QuestionExport(ExportFormat format, IReadOnlyList<Topic> topics, IAsyncEnumerable<Question> questions) : IResult
{
    private const int FlushBytes = 64 << 10;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"questions.json\"";
        response.Headers.CacheControl = "no-store";
        return format == ExportFormat.Json ? WriteJsonAsync(httpContext) : throw new NotSupportedException();
    }

    private async Task WriteJsonAsync(HttpContext context)
    {
        JsonSerializerOptions options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = options.Encoder });
        writer.WriteStartObject();
        writer.WritePropertyName("topics");
        JsonSerializer.Serialize(writer, topics.Select(QuestionWriting.Write).ToArray(), options);
        writer.WriteStartArray("questions");
        await foreach (Question question in questions.WithCancellation(context.RequestAborted))
        {
            JsonSerializer.Serialize(writer, QuestionWriting.Write(question), options);
            if (writer.BytesPending < FlushBytes)
                continue;
            await writer.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
