using System.Buffers;
using System.IO.Pipelines;
using Backprop.Api.Platform.Limits;

namespace Backprop.Api.Platform.Requests;

/// <summary>A request body in a pooled buffer, which is returned to the pool on disposal.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstLength = 16 << 10;
    private const int MostOnTrust = 1 << 20;
    private const int MostPooled = 16 << 20;

    // A stated length is trusted up to this multiple of the bytes received.
    private const int Trust = 16;

    private readonly HttpContext _context;
    private readonly long _stated;
    private byte[] _buffer;
    private int _length;

    private PooledBody(HttpContext context)
    {
        _context = context;
        _stated = context.Request.ContentLength ?? 0;
        long stated = _stated;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(stated, FirstLength, MostOnTrust));
    }

    /// <summary>The bytes received.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end. A stated length is trusted up to 1 MiB at first, then up to 16 times the bytes received.</summary>
    /// <param name="request">The request.</param>
    public static async ValueTask<PooledBody> ReadAsync(HttpRequest request)
    {
        var body = new PooledBody(request.HttpContext);
        try
        {
            // No token: if the client disconnects, reading fails.
            PipeReader reader = request.BodyReader;
            while (true)
            {
                ReadResult arrived = await reader.ReadAsync();
                body.Append(arrived.Buffer);
                reader.AdvanceTo(arrived.Buffer.End);
                if (arrived.IsCompleted)
                {
                    return body;
                }
            }
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
        {
            Return(buffer);
        }
    }

    // The pool would keep very large buffers alive long after the request.
    private static byte[] Rent(int length) =>
        length > MostPooled ? GC.AllocateUninitializedArray<byte>(length) : ArrayPool<byte>.Shared.Rent(length);

    private static void Return(byte[] buffer)
    {
        if (buffer.Length <= MostPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Append(ReadOnlySequence<byte> arrived)
    {
        var length = checked((int)(_length + arrived.Length));
        if (length > _buffer.Length)
        {
            Grow(length);
        }

        arrived.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }

    private void Grow(int length)
    {
        var expected = Math.Max(2L * _buffer.Length, Math.Min(_stated, (long)Trust * length));
        var capacity = (int)Math.Max(length, Math.Min(expected, Array.MaxLength));
        MemoryHold.Of(_context).Add(capacity);
        var larger = Rent(capacity);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        Return(_buffer);
        _buffer = larger;
    }
}
