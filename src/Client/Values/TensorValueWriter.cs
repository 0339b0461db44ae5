using System.Runtime.InteropServices;
using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>Writes tensor values: numbers in the shortest form that round-trips, non-finite ones as strings.</summary>
internal static class TensorValueWriter
{
    // One call of the writer accepts at most about 120 MB; a multiple of 3 avoids padding between segments.
    private const int Base64Segment = 3 << 20;

    public static void Write(Utf8JsonWriter writer, TensorValue value)
    {
        switch (value.Encoding)
        {
            case ValueEncoding.Nested:
                int position = 0;
                WriteAxis(writer, value, 0, ref position);
                break;
            case ValueEncoding.Flat:
                WriteHead(writer, value);
                writer.WriteStartArray("data");
                WriteElements(writer, value.Data, 0, value.Data.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                WriteHead(writer, value);
                WriteBase64(writer, value.Data);
                writer.WriteEndObject();
                break;
        }
    }

    // The recursion is as deep as the rank.
    private static void WriteAxis(Utf8JsonWriter writer, TensorValue value, int axis, ref int position)
    {
        if (axis == value.Shape.Length)
        {
            WriteElements(writer, value.Data, position++, 1);
            return;
        }

        writer.WriteStartArray();
        int extent = (int)value.Shape[axis];
        if (axis == value.Shape.Length - 1)
        {
            WriteElements(writer, value.Data, position, extent);
            position += extent;
        }
        else
        {
            for (int row = 0; row < extent; row++)
            {
                WriteAxis(writer, value, axis + 1, ref position);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteElements(Utf8JsonWriter writer, Array data, int start, int count)
    {
        switch (data)
        {
            case double[] doubles:
                foreach (double element in doubles.AsSpan(start, count))
                {
                    WriteNumber(writer, element);
                }

                break;
            case float[] singles:
                foreach (float element in singles.AsSpan(start, count))
                {
                    WriteNumber(writer, element);
                }

                break;
            case long[] integers:
                foreach (long element in integers.AsSpan(start, count))
                {
                    writer.WriteNumberValue(element);
                }

                break;
            default:
                foreach (bool element in ((bool[])data).AsSpan(start, count))
                {
                    writer.WriteBooleanValue(element);
                }

                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            NonFiniteLiterals.Write(writer, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            NonFiniteLiterals.Write(writer, value);
        }
    }

    private static void WriteHead(Utf8JsonWriter writer, TensorValue value)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("shape");
        foreach (long extent in value.Shape)
        {
            writer.WriteNumberValue(extent);
        }

        writer.WriteEndArray();
        if (value.DType is not null || value.Encoding == ValueEncoding.Base64)
        {
            writer.WriteString("dtype", EnumNames<ElementType>.Of(value.ElementType));
        }
    }

    private static void WriteBase64(Utf8JsonWriter writer, Array data)
    {
        ReadOnlySpan<byte> bytes = data switch
        {
            double[] doubles => MemoryMarshal.AsBytes(doubles.AsSpan()),
            float[] singles => MemoryMarshal.AsBytes(singles.AsSpan()),
            long[] integers => MemoryMarshal.AsBytes(integers.AsSpan()),
            _ => MemoryMarshal.AsBytes(((bool[])data).AsSpan()),
        };
        writer.WritePropertyName("base64");
        for (; bytes.Length > Base64Segment; bytes = bytes[Base64Segment..])
        {
            writer.WriteBase64StringSegment(bytes[..Base64Segment], false);
        }

        writer.WriteBase64StringSegment(bytes, true);
    }
}
