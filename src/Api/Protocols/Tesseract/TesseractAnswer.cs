using System.Text.Json;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Responses;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Writes the results of a role, each as an encoded array; NaN and infinities are strings where numbers are written as text, which NumPy reads.
/// </summary>
/// <param name="role">The role.</param>
/// <param name="names">The results that are wanted, by name; null for all.</param>
/// <param name="encoding">How the elements are written.</param>
internal sealed class TesseractAnswer(ResultRole role, IReadOnlyCollection<string>? names, ArrayEncoding encoding) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (KeyedTensor result in execution.WithRole(role))
        {
            string name = result.Key.Name;
            if (names?.Contains(name) != false && written.Add(name))
            {
                WriteArray(writer, name, result.Value, encoding, options);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an array as a member.</summary>
    public static void WriteArray(Utf8JsonWriter writer, string name, Tensor tensor, ArrayEncoding encoding, JsonSerializerOptions options)
    {
        writer.WriteStartObject(name);
        writer.WriteString("object_type", "array");
        WriteShape(writer, tensor.Type);
        writer.WriteStartObject("data");
        switch (encoding)
        {
            case ArrayEncoding.Json:
                writer.WritePropertyName("buffer");
                JsonSerializer.Serialize(writer, new GraphContractWriter(ValueEncoding.Nested).Value(tensor), options);
                break;
            case ArrayEncoding.Base64:
                writer.WriteBase64String("buffer", tensor.Bytes());
                break;
            default:
                writer.WriteBase64String("buffer", Lz4.Compress(tensor.Bytes()));
                writer.WriteString("compression", "lz4");
                break;
        }

        writer.WriteString("encoding", encoding == ArrayEncoding.Json ? "json" : "base64");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the members <c>shape</c> and <c>dtype</c>.</summary>
    public static void WriteShape(Utf8JsonWriter writer, TensorType type)
    {
        writer.WriteStartArray("shape");
        foreach (int extent in type.Shape.Dims)
        {
            writer.WriteNumberValue(extent);
        }

        writer.WriteEndArray();
        writer.WriteString("dtype", type.DType.Label());
    }
}

/// <summary>Writes a Jacobian: output, then input, then an array of shape output + input.</summary>
/// <param name="facts">Rows and columns.</param>
/// <param name="encoding">How the elements are written.</param>
internal sealed class TesseractJacobian(JacobianFacts facts, ArrayEncoding encoding) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options)
    {
        Func<int, int, Tensor> blocks = facts.Blocks(execution);
        writer.WriteStartObject();
        for (int i = 0; i < facts.Outputs.Count; i++)
        {
            writer.WriteStartObject(facts.Outputs[i]);
            for (int j = 0; j < facts.Wrt.Count; j++)
            {
                TesseractAnswer.WriteArray(writer, facts.Wrt[j], blocks(i, j), encoding, options);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
