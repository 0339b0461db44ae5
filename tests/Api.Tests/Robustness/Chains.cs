using System.Buffers;
using System.Text.Json;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Long chains x → Sin → Mul → Add → …, the worst case for code that walks a graph recursively.</summary>
public static class Chains
{
    private static readonly string[] Operators = ["Add", "Mul", "Sin", "Tanh", "Sub"];

    /// <summary>A request about a chain with this many nodes, at x = 0.5 and w = 0.9.</summary>
    public static byte[] Body(int nodes, bool trace = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("graph");
            WriteGraph(json, nodes);
            json.WritePropertyName("inputs");
            json.WriteRawValue("""{"x":0.5,"w":0.9}""");
            if (trace)
            {
                json.WriteBoolean("trace", true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same chain computed here: its value and its derivatives with respect to x and w.</summary>
    public static (double Value, double ByX, double ByW) Expected(int nodes)
    {
        (double v, double x, double w) = (0.5, 1, 0);
        for (int i = 0; i < nodes; i++)
        {
            (v, x, w) = (i % Operators.Length) switch
            {
                0 => (v + 0.9, x, w + 1),
                1 => (v * 0.9, x * 0.9, (w * 0.9) + v),
                2 => (Math.Sin(v), x * Math.Cos(v), w * Math.Cos(v)),
                3 => (Math.Tanh(v), x * Slope(v), w * Slope(v)),
                _ => (v - 0.9, x, w - 1),
            };
        }

        return (v, x, w);
    }

    private static double Slope(double v) => 1 - (Math.Tanh(v) * Math.Tanh(v));

    private static void WriteGraph(Utf8JsonWriter json, int nodes)
    {
        json.WriteStartObject();
        json.WritePropertyName("inputs");
        json.WriteRawValue("""[{"name":"x"},{"name":"w"}]""");
        json.WriteStartArray("nodes");
        for (int i = 0; i < nodes; i++)
        {
            string op = Operators[i % Operators.Length];
            json.WriteStartObject();
            json.WriteString("name", $"n{i}");
            json.WriteString("op", op);
            json.WriteStartArray("inputs");
            json.WriteStringValue(i == 0 ? "x" : $"n{i - 1}");
            if (op is not ("Sin" or "Tanh"))
            {
                json.WriteStringValue("w");
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("outputs");
        json.WriteRawValue($"""["n{nodes - 1}"]""");
        json.WriteEndObject();
    }
}
