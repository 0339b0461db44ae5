using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>Little-endian elements from base64, decoded into the typed array without an intermediate copy.</summary>
internal static class Base64Elements
{
    /// <summary><paramref name="count"/> elements of the stated type (by default float64) from the string at the reader's position.</summary>
    /// <exception cref="ContractException">The string is not base64, or has another number of bytes.</exception>
    public static Array Decode(ref Utf8JsonReader reader, int count, ElementType? dtype)
    {
        if (!reader.HasValueSequence && !reader.ValueIsEscaped)
        {
            return Decode(reader.ValueSpan, count, dtype);
        }

        int length = checked((int)(reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length));
        byte[] text = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Decode(text.AsSpan(0, reader.CopyString(text)), count, dtype);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static Array Decode(ReadOnlySpan<byte> text, int count, ElementType? dtype) => dtype switch
    {
        ElementType.Float32 => Decode<float>(text, count),
        ElementType.Int64 => Decode<long>(text, count),
        ElementType.Bool => Booleans(Decode<byte>(text, count)),
        _ => Decode<double>(text, count),
    };

    private static T[] Decode<T>(ReadOnlySpan<byte> text, int count)
        where T : unmanaged
    {
        long bytes = (long)count * Marshal.SizeOf<T>();
        if (!Base64.IsValid(text, out int decoded))
        {
            throw new ContractException("The string is not valid base64.", "base64");
        }

        if (decoded != bytes)
        {
            throw new ContractException($"The shape and dtype require {bytes} bytes; the base64 has {decoded}.", "base64");
        }

        T[] elements = GC.AllocateUninitializedArray<T>(count);
        OperationStatus status = Base64.DecodeFromUtf8(text, MemoryMarshal.AsBytes(elements.AsSpan()), out _, out int written);
        return status == OperationStatus.Done && written == bytes
            ? elements
            : throw new ContractException("The string is not valid base64.", "base64");
    }

    // A .NET bool with a byte other than 0 and 1 is neither true nor false.
    private static bool[] Booleans(byte[] bytes) => bytes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1)
        ? throw new ContractException("The bytes of a bool must be 0 or 1.", "base64")
        : Array.ConvertAll(bytes, value => value == 1);
}
