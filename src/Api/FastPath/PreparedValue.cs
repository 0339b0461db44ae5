using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Backprop.Client.Values;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

namespace Backprop.Api.FastPath;

/// <summary>A value of a prepared request: read like any other, or decoded from base64 into pooled memory.</summary>
/// <param name="Read">The value, if it was read.</param>
/// <param name="Decoded">The elements in row-major order, if they were decoded.</param>
internal readonly record struct PreparedValue(TensorValue? Read, Tensor? Decoded)
{
    private const byte Quote = (byte)'"';

    /// <summary>The length of the base64 text of a value.</summary>
    public static int Base64Length(TensorValue value) =>
        Base64.GetMaxEncodedToUtf8Length(value.Data.Length * (value.ElementType == ElementType.Float32 ? sizeof(float) : sizeof(double)));

    /// <summary>Decodes a base64 text, with or without escaped characters.</summary>
    /// <param name="body">The body.</param>
    /// <param name="start">Where the text begins in it, after the quote.</param>
    /// <param name="length">The length that the elements need.</param>
    /// <param name="dtype">The element type; not bool.</param>
    /// <param name="count">Their number.</param>
    /// <param name="pool">Where the memory comes from.</param>
    /// <param name="read">The length of the text in the body.</param>
    /// <returns>The elements; null if the text is not base64 of the expected length.</returns>
    /// <exception cref="JsonException">An escape sequence is not valid JSON.</exception>
    public static Tensor? Decode(ReadOnlySpan<byte> body, int start, int length, DType dtype, int count, BufferPool pool, out int read)
    {
        ReadOnlySpan<byte> rest = body[start..];
        read = length;
        if (rest.Length > length && rest[length] == Quote)
        {
            return Decode(rest[..length], dtype, count, pool);
        }

        read = rest.IndexOf(Quote);
        return read > length ? Unescaped(body.Slice(start - 1, read + 2), length, dtype, count, pool) : null;
    }

    // Many JSON encoders escape '+', some escape '/'.
    private static Tensor? Unescaped(ReadOnlySpan<byte> quoted, int length, DType dtype, int count, BufferPool pool)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(quoted.Length);
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            return reader.CopyString(text) == length ? Decode(text.AsSpan(0, length), dtype, count, pool) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static Tensor? Decode(ReadOnlySpan<byte> text, DType dtype, int count, BufferPool pool)
    {
        Tensor elements = pool.Rent(dtype, count);
        Span<byte> bytes = dtype switch
        {
            DType.Float32 => MemoryMarshal.AsBytes(elements.Values<float>()),
            DType.Float64 => MemoryMarshal.AsBytes(elements.Values<double>()),
            _ => MemoryMarshal.AsBytes(elements.Values<long>()),
        };

        // The decoder skips white space, which would leave bytes missing.
        bool whole = Base64.DecodeFromUtf8(text, bytes, out _, out int written) == OperationStatus.Done && written == bytes.Length;
        return whole ? elements : null;
    }
}
