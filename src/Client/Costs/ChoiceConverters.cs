using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>A member that is either an id or an object.</summary>
internal abstract class ChoiceConverter<TChoice, TDescription> : JsonConverter<TChoice>
    where TDescription : class
{
    protected abstract TChoice Named(string id);

    protected abstract TChoice Described(TDescription description);

    protected abstract (string? Id, TDescription? Description) Of(TChoice choice);

    public override TChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Named(reader.GetString()!),
        JsonTokenType.StartObject => Described(ReadDescription(ref reader, options)),
        _ => throw new ContractException($"The value must be an id or an object; got {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, TChoice value, JsonSerializerOptions options)
    {
        (string? id, TDescription? description) = Of(value);
        if (id is not null)
        {
            writer.WriteStringValue(id);
        }
        else
        {
            JsonSerializer.Serialize(writer, description, options);
        }
    }

    // An inner failure has a path relative to this value; the serializer adds the path to it.
    private static TDescription ReadDescription(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<TDescription>(ref reader, options)!;
        }
        catch (JsonException failure)
        {
            (string path, string message) = JsonErrors.Locate(failure);
            throw new ContractException(message, path) { Reported = failure };
        }
    }
}

/// <summary>A model by id or description.</summary>
internal sealed class ModelChoiceConverter : ChoiceConverter<ModelChoice, ModelDescription>
{
    protected override ModelChoice Named(string id) => id;

    protected override ModelChoice Described(ModelDescription description) => description;

    protected override (string? Id, ModelDescription? Description) Of(ModelChoice choice) => (choice.Id, choice.Described);
}

/// <summary>A device by id or description.</summary>
internal sealed class HardwareChoiceConverter : ChoiceConverter<HardwareChoice, HardwareDescription>
{
    protected override HardwareChoice Named(string id) => id;

    protected override HardwareChoice Described(HardwareDescription description) => description;

    protected override (string? Id, HardwareDescription? Description) Of(HardwareChoice choice) => (choice.Id, choice.Described);
}
