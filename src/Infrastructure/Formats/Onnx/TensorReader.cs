using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>
/// Reads TensorProto: once for the head, so that the data are known to fill the shape, and once more into an array of that size.
/// </summary>
/// <param name="budget">Counts elements.</param>
internal sealed class TensorReader(ModelBudget budget)
{
    private const int External = 1;

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="WireException">It is not one.</exception>
    /// <exception cref="GraphException">It is one that cannot be read here.</exception>
    public OnnxTensor Read(ReadOnlySpan<byte> bytes)
    {
        Head head = HeadOf(bytes);
        if (head.DType is not { } dtype)
        {
            return new OnnxTensor(head.Name, head.Type, null);
        }

        Shape shape = head.Shape();
        if (shape.Count != head.Given)
        {
            throw head.Wrong($"has shape {shape} and {head.Given} elements of data");
        }

        budget.Elements(shape.Count);
        return new OnnxTensor(head.Name, head.Type, Decoded(bytes, head, Tensor.Zeros(new TensorType(dtype, shape))));
    }

    private Head HeadOf(ReadOnlySpan<byte> bytes)
    {
        var head = new Head();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    budget.Parts(reader.CountIntegers());
                    reader.Integers(head.Dims.Add);
                    break;
                case 2: head.Type = (ElementType)(int)reader.Integer(); break;
                case 8: head.Name = reader.Text(); break;
                case 13: head.IsExternal = true; reader.Skip(); break;
                case 14: head.IsExternal |= reader.Integer() == External; break;
                default: reader.Skip(); break;
            }
        }

        if (head.IsExternal)
        {
            throw head.Wrong("keeps its data in another file; only data within the model can be read");
        }

        Count(bytes, head);
        return head;
    }

    private static void Count(ReadOnlySpan<byte> bytes, Head head)
    {
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 9)
            {
                int length = reader.Bytes().Length;
                head.Given += length / head.Size;
                head.Given = length % head.Size == 0 ? head.Given : throw head.Wrong($"has {length} bytes of data, which are no elements of {head.Size} bytes");
            }
            else if (reader.Field == head.DataField)
            {
                head.Given += head.FixedSize > 0 ? reader.Fixed(head.FixedSize).Length / head.FixedSize : CountVarints(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static int CountVarints(ref WireReader reader)
    {
        int count = reader.CountIntegers();
        reader.Skip();
        return count;
    }

    private Tensor Decoded(ReadOnlySpan<byte> bytes, Head head, Tensor tensor)
    {
        int filled = 0;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 9)
            {
                filled += Raw(reader.Bytes(), head.Type, tensor, filled);
            }
            else if (reader.Field == head.DataField && head.FixedSize > 0)
            {
                filled += Raw(reader.Fixed(head.FixedSize), head.Type, tensor, filled);
            }
            else if (reader.Field == head.DataField)
            {
                reader.Integers(value =>
                {
                    budget.Check(filled);
                    Put(tensor, filled++, value);
                });
            }
            else
            {
                reader.Skip();
            }
        }

        return tensor;
    }

    private static void Put(Tensor tensor, int place, long value)
    {
        if (tensor.DType == DType.Bool)
        {
            tensor.Values<bool>()[place] = value != 0;
        }
        else
        {
            tensor.Values<long>()[place] = value;
        }
    }

    private static int Raw(ReadOnlySpan<byte> data, ElementType type, Tensor tensor, int start)
    {
        switch (type)
        {
            case ElementType.Float: return Copied<float>(data, tensor, start);
            case ElementType.Double: return Copied<double>(data, tensor, start);
            case ElementType.Int64: return Copied<long>(data, tensor, start);
            case ElementType.Int32:
                ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(data);
                for (int i = 0; i < numbers.Length; i++)
                {
                    tensor.Values<long>()[start + i] = numbers[i];
                }

                return numbers.Length;
            default:
                for (int i = 0; i < data.Length; i++)
                {
                    tensor.Values<bool>()[start + i] = data[i] != 0;
                }

                return data.Length;
        }
    }

    private static int Copied<T>(ReadOnlySpan<byte> data, Tensor tensor, int start)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(data);
        values.CopyTo(tensor.Values<T>()[start..]);
        return values.Length;
    }

    private sealed class Head
    {
        public string Name { get; set; } = string.Empty;

        public List<long> Dims { get; } = [];

        public ElementType Type { get; set; }

        public bool IsExternal { get; set; }

        public long Given { get; set; }

        public DType? DType => Type.DType();

        // The field of the data where they are not raw bytes.
        public int DataField => Type switch
        {
            ElementType.Float => 4,
            ElementType.Int32 or ElementType.Bool => 5,
            ElementType.Int64 => 7,
            ElementType.Double => 10,
            _ => -1,
        };

        // Bytes of a number of that field, 0 where they are varints.
        public int FixedSize => Type switch
        {
            ElementType.Float => 4,
            ElementType.Double => 8,
            _ => 0,
        };

        // Bytes of an element among raw bytes.
        public int Size => Type switch
        {
            ElementType.Float or ElementType.Int32 => 4,
            ElementType.Double or ElementType.Int64 => 8,
            _ => 1,
        };

        public Shape Shape()
        {
            foreach (long dim in Dims)
            {
                if (dim is < 0 or > int.MaxValue)
                {
                    throw Wrong($"has an extent of {dim}");
                }
            }

            return Domain.Graphs.Shape.Of([.. Dims.Select(dim => (int)dim)]);
        }

        public GraphException Wrong(string why) => new("onnx", $"the tensor '{Name}' {why}");
    }
}
