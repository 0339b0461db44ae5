using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>
/// Reads TensorProto in two passes: the first checks that the data fill the shape, the second reads them into an array of that size.
/// </summary>
/// <param name="budget">Counts elements.</param>
internal sealed class TensorReader(ModelBudget budget)
{
    private const int External = 1;

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="WireException">It is malformed.</exception>
    /// <exception cref="GraphException">It is a valid tensor that is not supported.</exception>
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
        try
        {
            return new OnnxTensor(head.Name, head.Type, Decoded(bytes, head, Tensor.Zeros(new TensorType(dtype, shape))));
        }
        catch (OverflowException)
        {
            throw head.Wrong($"has a number above {long.MaxValue}; uint64 is computed in int64");
        }
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
                case 2: head.Type = (OnnxElementType)(int)reader.Integer(); break;
                case 8: head.Name = reader.Text(); break;
                case 13: head.IsExternal = true; reader.Skip(); break;
                case 14: head.IsExternal |= reader.Integer() == External; break;
                default: reader.Skip(); break;
            }
        }

        if (head.IsExternal)
        {
            throw head.Wrong("stores its data in another file; data must be within the model");
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
                head.Given = length % head.Size == 0 ? head.Given
                    : throw head.Wrong($"has {length} bytes of data, which is not a multiple of the element size, {head.Size} bytes");
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
                filled += TensorElements.Raw(reader.Bytes(), head.Type, tensor, filled);
            }
            else if (reader.Field == head.DataField && head.FixedSize > 0)
            {
                filled += TensorElements.Raw(reader.Fixed(head.FixedSize), head.Type, tensor, filled);
            }
            else if (reader.Field == head.DataField)
            {
                reader.Integers(value =>
                {
                    budget.Check(filled);
                    TensorElements.Put(tensor, filled++, head.Type, value);
                });
            }
            else
            {
                reader.Skip();
            }
        }

        return tensor;
    }

    private sealed class Head
    {
        public string Name { get; set; } = string.Empty;

        public List<long> Dims { get; } = [];

        public OnnxElementType Type { get; set; }

        public bool IsExternal { get; set; }

        public long Given { get; set; }

        public DType? DType => Type.DType();

        public int DataField => Type.DataField();

        public int FixedSize => Type.FixedSize();

        public int Size => Type.RawSize();

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
