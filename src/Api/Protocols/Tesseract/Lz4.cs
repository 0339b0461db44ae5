using K4os.Compression.LZ4.Streams;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>The bytes of compressed arrays: one LZ4 frame (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md).</summary>
internal static class Lz4
{
    // Each byte of a length of a match adds at most 255.
    private const int MostBytesPerByte = 255;

    /// <summary>The bytes that a frame must have; null if it is invalid, or has fewer or more.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="length">The number of bytes.</param>
    public static byte[]? Decompress(byte[] frame, long length)
    {
        if (length > MostBytesPerByte * (long)frame.Length)
        {
            return null;
        }

        var bytes = new byte[length];
        try
        {
            using LZ4DecoderStream stream = LZ4Stream.Decode(new MemoryStream(frame, writable: false));
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && stream.ReadByte() < 0 ? bytes : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or InvalidOperationException
            or NotSupportedException or NotImplementedException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The bytes as a frame.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var frame = new MemoryStream();
        using (LZ4EncoderStream stream = LZ4Stream.Encode(frame, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return frame.ToArray();
    }
}
