using System.Buffers.Binary;
using System.Buffers.Text;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The last question of a page, as the next page needs it: the order, its sort value, and the sequence; 17 bytes in base64url.</summary>
/// <param name="Order">The order of the list.</param>
/// <param name="Value">The difficulty or the rank; 0 in an order that uses neither.</param>
/// <param name="Sequence">The sequence of the question.</param>
internal readonly record struct QuestionCursor(QuestionOrder Order, double Value, long Sequence)
{
    private const int Size = 1 + sizeof(double) + sizeof(long);
    private const int MostCharacters = 3 * Size;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = (byte)Order;
        BinaryPrimitives.WriteDoubleBigEndian(bytes[1..], Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="QuestionFaultException">The text is not a cursor of a list in this order; the fault is at <c>cursor</c>.</exception>
    public static QuestionCursor Read(string text, QuestionOrder order)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool decoded = text.Length <= MostCharacters && Base64Url.IsValid(text, out int length) && length == Size
            && Base64Url.TryDecodeFromChars(text, bytes, out _);
        if (!decoded)
        {
            throw Fault("The cursor is invalid or was not issued by this service.");
        }

        var cursor = new QuestionCursor((QuestionOrder)bytes[0], BinaryPrimitives.ReadDoubleBigEndian(bytes[1..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[9..]));
        if (!Enum.IsDefined(cursor.Order) || !double.IsFinite(cursor.Value) || cursor.Sequence < 0)
        {
            throw Fault("The cursor is invalid or was not issued by this service.");
        }

        return cursor.Order == order ? cursor : throw Fault("The cursor belongs to a list in another order.");
    }

    private static QuestionFaultException Fault(string message) => new([new QuestionFault("cursor", message)]);
}
