using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Backprop.Client;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns.Events;

/// <summary>
/// Events as text (WHATWG HTML, 9.2, server-sent events). Only recorded steps have an id, so that a reader loses none by reconnecting.
/// </summary>
internal static class EventText
{
    private static readonly JsonSerializerOptions Json = BackpropJson.Create();

    /// <summary>How long a reader should wait before it reconnects, in milliseconds.</summary>
    public static ReadOnlyMemory<byte> Opening { get; } = "retry: 1000\n\n"u8.ToArray();

    /// <summary>A comment, which readers ignore, but which keeps proxies from closing the connection.</summary>
    public static ReadOnlyMemory<byte> Comment { get; } = ": still connected\n\n"u8.ToArray();

    /// <summary>Recorded steps.</summary>
    public static byte[] Metrics(IReadOnlyList<StepMetrics> metrics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (StepMetrics metric in metrics)
        {
            buffer.Write("event: metric\nid: "u8);
            buffer.Write(Encoding.ASCII.GetBytes(metric.Step.ToString(CultureInfo.InvariantCulture)));
            Data(buffer, TrainingRunMapper.Metric(metric));
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The state of a run.</summary>
    public static byte[] State(TrainingRun run)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: state"u8);
        Data(buffer, TrainingRunMapper.Page(run));
        return buffer.WrittenSpan.ToArray();
    }

    // JSON without white space has no line breaks.
    private static void Data<T>(ArrayBufferWriter<byte> buffer, T value)
    {
        buffer.Write("\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, value, Json);
        }

        buffer.Write("\n\n"u8);
    }
}
