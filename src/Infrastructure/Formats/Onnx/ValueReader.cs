using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;

namespace Backprop.Infrastructure.Formats.Onnx;

/// <summary>Reads ValueInfoProto and the types in it.</summary>
/// <param name="budget">Counts values and extents.</param>
internal sealed class ValueReader(ModelBudget budget)
{
    /// <summary>Reads an input or output.</summary>
    /// <exception cref="WireException">It is malformed.</exception>
    /// <exception cref="GraphException">An extent is out of range.</exception>
    public OnnxValue Read(ReadOnlySpan<byte> bytes)
    {
        budget.Parts();
        var value = new OnnxValue(string.Empty);
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: value = value with { Name = reader.Text() }; break;
                case 2: value = Typed(value, reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return value.Shape?.Any(dim => dim.Size < 0) == true
            ? throw new GraphException("onnx",
                $"the input or output '{value.Name}' declares an extent that is negative or above {int.MaxValue}", value.Name)
            : value;
    }

    private OnnxValue Typed(OnnxValue value, ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                value = Tensor(value, reader.Bytes());
                continue;
            }

            value = value with { Container = Container(reader.Field) ?? value.Container };
            reader.Skip();
        }

        return value;
    }

    private static string? Container(int field) => field switch
    {
        4 => "sequence",
        5 => "map",
        8 => "sparse tensor",
        9 => "optional",
        7 => "opaque",
        _ => null,
    };

    private OnnxValue Tensor(OnnxValue value, ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: value = value with { Type = (OnnxElementType)(int)reader.Integer() }; break;
                case 2: value = value with { Shape = Shape(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        return value;
    }

    private List<Dimension> Shape(ReadOnlySpan<byte> bytes)
    {
        var dims = new List<Dimension>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                budget.Parts();
                dims.Add(Dimension(reader.Bytes()));
            }
            else
            {
                reader.Skip();
            }
        }

        return dims;
    }

    // An extent of neither kind is undetermined: it gets the empty symbol. One out of range is marked by −1.
    private static Dimension Dimension(ReadOnlySpan<byte> bytes)
    {
        var dim = new Dimension(0, string.Empty);
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: dim = new Dimension(reader.Integer() is >= 0 and <= int.MaxValue and long size ? (int)size : -1); break;
                case 2: dim = new Dimension(0, reader.Text()); break;
                default: reader.Skip(); break;
            }
        }

        return dim;
    }
}
