using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>A number, or a list of numbers; non-finite ones are read too, so that a validator can report their position.</summary>
internal sealed class PerLayerConverter : JsonConverter<PerLayer>
{
    private static readonly NumberConverter Number = new();

    public override PerLayer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Read(ref reader, "");
        }

        var values = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(Read(ref reader, $"[{values.Count}]"));
        }

        return new PerLayer(values, IsList: true);
    }

    public override void Write(Utf8JsonWriter writer, PerLayer value, JsonSerializerOptions options)
    {
        if (!value.IsList)
        {
            Number.Write(writer, value.Values[0], options);
            return;
        }

        writer.WriteStartArray();
        foreach (double number in value.Values)
        {
            Number.Write(writer, number, options);
        }

        writer.WriteEndArray();
    }

    private static double Read(ref Utf8JsonReader reader, string member)
    {
        try
        {
            return Number.Read(ref reader, typeof(double), JsonSerializerOptions.Default);
        }
        catch (ContractException refused)
        {
            throw new ContractException(refused.Message, member);
        }
    }
}
