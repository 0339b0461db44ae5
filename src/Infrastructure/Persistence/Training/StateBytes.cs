using System.Runtime.InteropServices;
using System.Text;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>The state of a run as bytes: the same bits when it is read again, NaN included. Little-endian.</summary>
internal static class StateBytes
{
    private const byte Version = 1;

    /// <summary>The bytes of a state.</summary>
    public static byte[] Write(TrainingState state)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(state.Step);
        writer.Write(state.WithoutImprovement);
        Write(writer, state.Tensors);
        writer.Write(state.Best is not null);
        if (state.Best is { } best)
        {
            writer.Write(best.Step);
            writer.Write(best.Loss);
            Write(writer, best.Parameters);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>The state of bytes that were written.</summary>
    public static TrainingState Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadByte() is var version and not Version)
        {
            throw new InvalidDataException($"A checkpoint has version {version}; this service reads version {Version}.");
        }

        long step = reader.ReadInt64();
        int withoutImprovement = reader.ReadInt32();
        Dictionary<string, Tensor> tensors = ReadTensors(reader);
        BestParameters? best = reader.ReadBoolean() ? new BestParameters(reader.ReadInt64(), reader.ReadDouble(), ReadTensors(reader)) : null;
        return new TrainingState(step, tensors, best, withoutImprovement);
    }

    private static void Write(BinaryWriter writer, IReadOnlyDictionary<string, Tensor> tensors)
    {
        writer.Write(tensors.Count);
        foreach ((string name, Tensor tensor) in tensors)
        {
            writer.Write(name);
            writer.Write((byte)tensor.DType);
            writer.Write(tensor.Shape.Dims.Length);
            foreach (int extent in tensor.Shape.Dims)
            {
                writer.Write(extent);
            }

            writer.Write(tensor.Bytes());
        }
    }

    private static Dictionary<string, Tensor> ReadTensors(BinaryReader reader)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            var dtype = (DType)reader.ReadByte();
            int[] extents = new int[reader.ReadInt32()];
            for (int axis = 0; axis < extents.Length; axis++)
            {
                extents[axis] = reader.ReadInt32();
            }

            tensors[name] = ReadTensor(reader, dtype, Shape.Of(extents));
        }

        return tensors;
    }

    private static Tensor ReadTensor(BinaryReader reader, DType dtype, Shape shape) => dtype switch
    {
        DType.Float64 => ReadTensor<double>(reader, shape),
        DType.Float32 => ReadTensor<float>(reader, shape),
        DType.Int64 => ReadTensor<long>(reader, shape),
        DType.Bool => ReadTensor<bool>(reader, shape),
        _ => throw new InvalidDataException($"A checkpoint has elements of type {dtype}."),
    };

    private static Tensor ReadTensor<T>(BinaryReader reader, Shape shape) where T : unmanaged
    {
        T[] elements = new T[shape.Count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(elements.AsSpan()));
        return Tensor.Of(elements, shape);
    }
}
