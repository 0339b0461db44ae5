using System.Text;
using Backprop.Domain.Training;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>
/// Recorded steps as bytes: the names of the parameters, then one record per step. Records can be appended; all of a run have the same parameters.
/// </summary>
internal static class MetricBytes
{
    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Validation = 1,
        Clipped = 2,
        Parameters = 4,
    }

    /// <summary>The bytes with which a block begins.</summary>
    /// <param name="first">Its first record, whose parameters all others have.</param>
    public static byte[] Header(StepMetrics first) => Written(writer =>
    {
        writer.Write(first.Parameters?.Count ?? 0);
        foreach (string name in first.Parameters?.Keys ?? [])
        {
            writer.Write(name);
        }
    });

    /// <summary>The bytes of records.</summary>
    public static byte[] Records(IEnumerable<StepMetrics> metrics) => Written(writer =>
    {
        foreach (StepMetrics metric in metrics)
        {
            Write(writer, metric);
        }
    });

    /// <summary>The records of a block.</summary>
    public static IEnumerable<StepMetrics> Read(byte[] block)
    {
        using var reader = new BinaryReader(new MemoryStream(block), Encoding.UTF8);
        string[] names = new string[reader.ReadInt32()];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        while (reader.BaseStream.Position < block.Length)
        {
            yield return Read(reader, names);
        }
    }

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, StepMetrics metric)
    {
        Parts parts = (metric.ValidationLoss is null ? Parts.None : Parts.Validation)
            | (metric.ClippedNorm is null ? Parts.None : Parts.Clipped)
            | (metric.Parameters is null ? Parts.None : Parts.Parameters);
        writer.Write((byte)parts);
        writer.Write(metric.Step);
        writer.Write(metric.Epoch);
        writer.Write(metric.Loss);
        writer.Write(metric.GradientNorm);
        writer.Write(metric.LearningRate);
        if (metric.ValidationLoss is { } validation)
        {
            writer.Write(validation);
        }

        if (metric.ClippedNorm is { } clipped)
        {
            writer.Write(clipped);
        }

        foreach (ParameterMetrics parameter in metric.Parameters?.Values ?? [])
        {
            writer.Write(parameter.Norm);
            writer.Write(parameter.GradientNorm);
            writer.Write(parameter.UpdateRatio);
        }
    }

    private static StepMetrics Read(BinaryReader reader, string[] names)
    {
        var parts = (Parts)reader.ReadByte();
        var metric = new StepMetrics(reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        return metric with
        {
            ValidationLoss = parts.HasFlag(Parts.Validation) ? reader.ReadDouble() : null,
            ClippedNorm = parts.HasFlag(Parts.Clipped) ? reader.ReadDouble() : null,
            Parameters = parts.HasFlag(Parts.Parameters) ? ReadParameters(reader, names) : null,
        };
    }

    private static Dictionary<string, ParameterMetrics> ReadParameters(BinaryReader reader, string[] names)
    {
        var parameters = new Dictionary<string, ParameterMetrics>(names.Length, StringComparer.Ordinal);
        foreach (string name in names)
        {
            parameters[name] = new ParameterMetrics(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        }

        return parameters;
    }
}
