using System.Buffers;

namespace Backprop.Api.Requests;

/// <summary>A request body in a pooled buffer, which goes back to the pool when this is disposed of.</summary>
public sealed class PooledBody : IDisposable
{
    private const int FirstLength = 16 << 10;
    private const int MostOnTrust = 1 << 20;

    private byte[] _buffer;
    private int _length;

    private PooledBody(int length) => _buffer = ArrayPool<byte>.Shared.Rent(length);

    /// <summary>The bytes received.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end. A stated length is believed up to 1 MiB; past it the buffer grows with what arrives.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<PooledBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new PooledBody((int)Math.Clamp((request.ContentLength ?? 0) + 1, FirstLength, MostOnTrust));
        try
        {
            while (await request.Body.ReadAsync(body._buffer.AsMemory(body._length), cancellation) is > 0 and var count)
            {
                body._length += count;
                if (body._length == body._buffer.Length)
                    body.Grow();
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
