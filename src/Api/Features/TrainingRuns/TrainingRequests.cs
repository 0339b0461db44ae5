using System.IO.Compression;
using System.Text.Json;
using Backprop.Api.Features.Graphs;
using Backprop.Client;
using Backprop.Client.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>What determines a run, as it is stored: the request with its graph, so that it no longer depends on the registry.</summary>
/// <param name="source">Reads graphs.</param>
internal sealed class TrainingRequests(GraphSource source)
{
    private static readonly JsonSerializerOptions Json = BackpropJson.Create();

    /// <summary>The bytes to store.</summary>
    /// <param name="request">The request, which names no registered graph.</param>
    public static byte[] Write(TrainingRunRequest request)
    {
        using var bytes = new MemoryStream();
        using (var compressor = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressor, request, Json);
        }

        return bytes.ToArray();
    }

    /// <summary>The request of stored bytes.</summary>
    public static TrainingRunRequest Read(byte[] stored)
    {
        using var decompressor = new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        decompressor.CopyTo(bytes);
        return JsonSerializer.Deserialize<TrainingRunRequest>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), Json)!;
    }

    /// <summary>What a stored request trains.</summary>
    public TrainingDefinition Definition(TrainingRunRequest request, CancellationToken cancellationToken)
    {
        GraphDefinition graph = source.Of(request, cancellationToken).Definition;
        return TrainingDefinitions.Of(request, graph);
    }
}
