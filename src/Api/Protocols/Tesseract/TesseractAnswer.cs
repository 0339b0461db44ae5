using System.Text.Json;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Writes the results whose names begin with a prefix, each as an encoded array; in decimal form, NaN and infinities are strings, which NumPy parses.
/// </summary>
/// <param name="prefix">The prefix of the names.</param>
/// <param name="names">The requested results, by the rest of their names; null for all.</param>
/// <param name="base64">Whether the elements are base64 or numbers.</param>
/// <param name="options">How numbers are written.</param>
internal sealed class TesseractAnswer(string prefix, IReadOnlyCollection<string>? names, bool base64, JsonSerializerOptions options) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (NamedTensor result in execution.Results.Where(result => result.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string name = result.Name[prefix.Length..];
            if (names?.Contains(name) != false && written.Add(name))
                WriteArray(writer, name, result.Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an array as a member.</summary>
    public void WriteArray(Utf8JsonWriter writer, string name, Tensor tensor)
    {
        writer.WriteStartObject(name);
        writer.WriteString("object_type", "array");
        WriteShape(writer, tensor.Type);
        writer.WriteStartObject("data");
        if (base64)
        {
            writer.WriteBase64String("buffer", tensor.Bytes());
        }
        else
        {
            writer.WritePropertyName("buffer");
            JsonSerializer.Serialize(writer, new GraphContractWriter(ValueEncoding.Nested).Value(tensor), options);
        }

        writer.WriteString("encoding", base64 ? "base64" : "json");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the members <c>shape</c> and <c>dtype</c>.</summary>
    public static void WriteShape(Utf8JsonWriter writer, TensorType type)
    {
        writer.WriteStartArray("shape");
        foreach (int extent in type.Shape.Dims)
            writer.WriteNumberValue(extent);
        writer.WriteEndArray();
        writer.WriteString("dtype", type.DType.Label());
    }
}

/// <summary>Writes a Jacobian: output, then input, then an array of shape output + input.</summary>
/// <param name="facts">Rows and columns.</param>
/// <param name="array">Writes arrays.</param>
internal sealed class TesseractJacobian(JacobianFacts facts, TesseractAnswer array) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution)
    {
        Func<int, int, Tensor> blocks = facts.Blocks(execution);
        writer.WriteStartObject();
        for (int i = 0; i < facts.Outputs.Count; i++)
        {
            writer.WriteStartObject(facts.Outputs[i]);
            for (int j = 0; j < facts.Wrt.Count; j++)
                array.WriteArray(writer, facts.Wrt[j], blocks(i, j));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
