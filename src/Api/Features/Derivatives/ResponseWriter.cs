using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Backprop.Compute.Engine;

namespace Backprop.Api.Features.Derivatives;

/// <summary>How an answer is written after a run; everything that does not depend on the values is prepared.</summary>
public abstract class ResponseWriter
{
    /// <summary>Writes the answer.</summary>
    public abstract void Write(Utf8JsonWriter writer, Execution execution);

    /// <summary>Writes a large answer. If the form allows it, written values are sent while others are still being written.</summary>
    public virtual async Task WriteAsync(PipeWriter pipe, JsonWriterOptions options, Execution execution, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(pipe, options);
        Write(writer, execution);
        await writer.FlushAsync(cancellation);
    }
}

/// <summary>An answer that is a contract record.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="contract">Creates it.</param>
/// <param name="type">How it is written.</param>
public sealed class ResponseWriter<T>(Func<Execution, T> contract, JsonTypeInfo<T> type) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution) => JsonSerializer.Serialize(writer, contract(execution), type);

    /// <inheritdoc/>
    public override Task WriteAsync(PipeWriter pipe, JsonWriterOptions options, Execution execution, CancellationToken cancellation) =>
        JsonSerializer.SerializeAsync(pipe, contract(execution), type, cancellation);
}
