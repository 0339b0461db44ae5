using System.Text.Json;
using Backprop.Api.Platform.Responses;
using Backprop.Client.Values;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Api.Protocols.UmBridge;

/// <summary>Writes <c>{"output":…}</c>: one result as a list of numbers, or all of them as a list of lists.</summary>
/// <param name="result">The result; null for all.</param>
internal sealed class UmBridgeAnswer(ResultKey? result) : ResponseWriter
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("output");
        if (result is { } key)
        {
            Write(writer, execution[key], options);
        }
        else
        {
            writer.WriteStartArray();
            foreach (KeyedTensor output in execution.Results)
            {
                Write(writer, output.Value, options);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Rejects results with a NaN or an infinity, for which the protocol has no form.</summary>
    public void RequireFinite(Execution execution)
    {
        foreach (KeyedTensor output in execution.Results.Where(output => result is null || output.Key == result))
        {
            if (!IsFinite(output.Value))
            {
                string why = execution.Warnings is [var first, ..] ? $": '{first.Node}' is not finite ({first.Reason})" : "";
                throw UmBridgeErrors.InvalidOutput($"The output has a NaN or an infinity, which the protocol cannot represent{why}.");
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, Tensor tensor, JsonSerializerOptions options)
    {
        Array numbers = tensor.ToArray() is bool[] truths ? Array.ConvertAll(truths, truth => truth ? 1L : 0L) : tensor.ToArray();
        JsonSerializer.Serialize(writer, TensorValue.Of(numbers, [numbers.Length], ValueEncoding.Nested), options);
    }

    private static bool IsFinite(Tensor tensor) => tensor.DType switch
    {
        DType.Float64 => AllFinite<double>(tensor.Values<double>()),
        DType.Float32 => AllFinite<float>(tensor.Values<float>()),
        _ => true,
    };

    private static bool AllFinite<T>(ReadOnlySpan<T> values)
        where T : System.Numerics.INumberBase<T>
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
