using System.Text.Json;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Practice;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Questions;

/// <summary>An export, written while the questions are read from the database: it is never in memory as a whole.</summary>
/// <param name="format">The form.</param>
/// <param name="topics">The topics of the questions.</param>
/// <param name="bank">The questions.</param>
/// <param name="figures">Draws their graphs.</param>
internal sealed class QuestionExport(ExportFormat format, IReadOnlyList<Topic> topics, QuestionBank bank,
    FigureRenderer figures) : IResult
{
    private const int FlushBytes = 64 << 10;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        (string mediaType, string file) = format switch
        {
            ExportFormat.MoodleXml => ("application/xml", "questions.xml"),
            ExportFormat.Gift => ("text/plain", "questions.gift"),
            ExportFormat.AnkiTsv => ("text/tab-separated-values", "questions.tsv"),
            _ => ("application/json", "questions.json"),
        };
        HttpResponse response = httpContext.Response;
        response.ContentType = $"{mediaType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        response.Headers.CacheControl = "no-store";
        CancellationToken cancellationToken = httpContext.RequestAborted;
        Dictionary<string, string> names = topics.ToDictionary(topic => topic.Id, topic => topic.Name);
        Task writing = format switch
        {
            ExportFormat.MoodleXml =>
                MoodleXmlExport.WriteAsync(response.Body, names, bank.ShownAsync(cancellationToken), figures.Draw, cancellationToken),
            ExportFormat.Gift => GiftExport.WriteAsync(response.Body, names, bank.ShownAsync(cancellationToken), cancellationToken),
            ExportFormat.AnkiTsv => AnkiExport.WriteAsync(response.Body, bank.ShownAsync(cancellationToken), figures.Draw, cancellationToken),
            _ => WriteJsonAsync(httpContext),
        };
        await writing;
    }

    private async Task WriteJsonAsync(HttpContext context)
    {
        JsonSerializerOptions options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = options.Encoder });
        writer.WriteStartObject();
        writer.WritePropertyName("topics");
        JsonSerializer.Serialize(writer, topics.Select(QuestionWriteMapper.Write).ToArray(), options);
        writer.WriteStartArray("questions");
        await foreach (Question question in bank.AllAsync(context.RequestAborted))
        {
            JsonSerializer.Serialize(writer, QuestionWriteMapper.Write(question), options);
            if (writer.BytesPending < FlushBytes)
            {
                continue;
            }

            await writer.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
