using System.IO.Pipelines;
using System.Text.Json;
using Backprop.Compute.Engine;

namespace Backprop.Api.Platform.Responses;

/// <summary>Writes the answer after a plan has run; everything that does not depend on the values is known before.</summary>
internal abstract class ResponseWriter
{
    /// <summary>Writes the answer.</summary>
    /// <param name="writer">The destination.</param>
    /// <param name="execution">The outcome of the run.</param>
    /// <param name="options">The options of the contract.</param>
    public abstract void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options);

    /// <summary>Writes a large answer; if the form allows, written values are sent while others are still being written.</summary>
    /// <param name="pipe">The destination.</param>
    /// <param name="execution">The outcome of the run.</param>
    /// <param name="options">The options of the contract.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public virtual async Task WriteAsync(PipeWriter pipe, Execution execution, JsonSerializerOptions options, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(pipe, JsonAnswer.WriterOptions(options));
        Write(writer, execution, options);
        await writer.FlushAsync(cancellationToken);
    }
}
