using Backprop.Api.Platform.Problems;

namespace Backprop.Api.Platform.Requests;

/// <summary>The content of a compressed body. If it is not validly compressed, reading fails with 400, whatever the decompressor throws.</summary>
/// <param name="source">The body as it arrives.</param>
/// <param name="decompress">Creates the decompressor.</param>
internal sealed class DecompressedBody(Stream source, Func<Stream, Stream> decompress) : ReadStream
{
    private readonly ArrivingBody arriving = new(source);
    private Stream? content;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        content ??= decompress(arriving);
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (!arriving.HasFailed && exception is not OperationCanceledException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "", $"The body cannot be decompressed: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (content is not null)
        {
            await content.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    // A body that fails to arrive is not a decompression error.
    private sealed class ArrivingBody(Stream body) : ReadStream
    {
        public bool HasFailed { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            HasFailed = true;
            int read = await body.ReadAsync(buffer, cancellationToken);
            HasFailed = false;
            return read;
        }
    }
}
