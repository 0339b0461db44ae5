using System.IO.Pipelines;
using System.Text.Json;
using Backprop.Compute.Engine;

namespace Backprop.Api.Platform.Responses;

/// <summary>Writes the answer once a plan has run: all that does not depend on the values is known before.</summary>
internal abstract class ResponseWriter
{
    /// <summary>Writes the answer.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="execution">What the run gave.</param>
    /// <param name="options">The options of the contract.</param>
    public abstract void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options);

    /// <summary>Writes a large answer. Values that are written travel while others are being written, where the form allows it.</summary>
    /// <param name="pipe">Where to.</param>
    /// <param name="execution">What the run gave.</param>
    /// <param name="options">The options of the contract.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public virtual async Task WriteAsync(PipeWriter pipe, Execution execution, JsonSerializerOptions options, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(pipe, JsonAnswer.WriterOptions(options));
        Write(writer, execution, options);
        await writer.FlushAsync(cancellationToken);
    }
}
