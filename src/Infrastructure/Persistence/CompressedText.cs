using System.IO.Compression;
using System.Text;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Text as Brotli-compressed UTF-8: canonical graphs are repetitive.</summary>
public static class CompressedText
{
    /// <summary>The bytes to store.</summary>
    public static byte[] Compress(string text)
    {
        using var bytes = new MemoryStream();
        using (var compressor = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            compressor.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>The text of stored bytes.</summary>
    public static string Decompress(byte[] bytes)
    {
        using var decompressor = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(decompressor, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
