using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Backprop.Client;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Hot;

/// <summary>A value of a hot request: read as any other, or decoded from base64 into memory of the pool.</summary>
/// <param name="Read">The value, where it was read.</param>
/// <param name="Decoded">The elements in a row, where they were decoded.</param>
public readonly record struct HotValue(TensorValue? Read, Tensor? Decoded)
{
    /// <summary>The length of the base64 text of a value.</summary>
    public static int Base64Length(TensorValue value) =>
        Base64.GetMaxEncodedToUtf8Length(value.Data.Length * (value.ElementType == ElementType.Float32 ? sizeof(float) : sizeof(double)));

    /// <summary>Decodes a text of the length that the elements need.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dtype">The type of the elements: no bool.</param>
    /// <param name="count">Their number.</param>
    /// <param name="pool">Where the memory comes from.</param>
    /// <returns>The elements; null where the text is no base64 of so many.</returns>
    public static Tensor? Decode(ReadOnlySpan<byte> text, DType dtype, int count, BufferPool pool)
    {
        Tensor elements = pool.Rent(dtype, count);
        Span<byte> bytes = dtype switch
        {
            DType.Float32 => MemoryMarshal.AsBytes(elements.Values<float>()),
            DType.Float64 => MemoryMarshal.AsBytes(elements.Values<double>()),
            _ => MemoryMarshal.AsBytes(elements.Values<long>()),
        };

        // White space is skipped by the decoder, and would leave bytes missing.
        bool whole = Base64.DecodeFromUtf8(text, bytes, out _, out int written) == OperationStatus.Done && written == bytes.Length;
        return whole ? elements : null;
    }
}
