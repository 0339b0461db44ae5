using System.Buffers.Binary;
using System.Buffers.Text;
using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Persistence;

/// <summary>A position in the order of registration, encoded for clients as eight bytes in base64url.</summary>
internal static class PageCursor
{
    private const int Size = sizeof(long);

    public static string Of(long sequence)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="GraphException">The text is not a valid cursor; the error is at <c>cursor</c>.</exception>
    public static long Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return cursor.Length <= 2 * Size && Base64Url.IsValid(cursor, out int length) && length == Size
            && Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : throw new GraphException("cursor", "the cursor is invalid or was not issued by this service");
    }
}
