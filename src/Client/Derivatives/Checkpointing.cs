using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Client;

/// <summary>
/// Which values of the forward pass are computed again in the backward pass: a strategy by name (<c>"none"</c>, <c>"sqrt"</c>, <c>"full"</c>),
/// <c>{"checkpoints":8}</c>, or <c>{"memoryBudget":1073741824}</c>.
/// </summary>
/// <param name="Strategy">The name of a strategy, or null.</param>
/// <param name="Checkpoints">How many segments the forward pass is cut into, or null.</param>
/// <param name="MemoryBudget">The most bytes that may be live at a time, or null.</param>
[JsonConverter(typeof(CheckpointingConverter))]
public sealed record CheckpointingContract(string? Strategy, long? Checkpoints = null, long? MemoryBudget = null)
{
    /// <summary>A strategy by name.</summary>
    public static implicit operator CheckpointingContract(string strategy) => new(strategy);
}

internal sealed class CheckpointingConverter : JsonConverter<CheckpointingContract>
{
    public override CheckpointingContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.StartObject => ReadObject(ref reader),
        _ => throw new ContractException($"A strategy or an object is expected, not {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, CheckpointingContract value, JsonSerializerOptions options)
    {
        if (value.Strategy is not null)
        {
            writer.WriteStringValue(value.Strategy);
            return;
        }

        writer.WriteStartObject();
        if (value.Checkpoints is { } checkpoints)
            writer.WriteNumber("checkpoints", checkpoints);
        if (value.MemoryBudget is { } budget)
            writer.WriteNumber("memoryBudget", budget);
        writer.WriteEndObject();
    }

    private static CheckpointingContract ReadObject(ref Utf8JsonReader reader)
    {
        long? checkpoints = null;
        long? budget = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "checkpoints": checkpoints = ReadOnce(ref reader, name, checkpoints); break;
                case "memoryBudget": budget = ReadOnce(ref reader, name, budget); break;
                default: throw new ContractException($"Unknown member \"{name}\": \"checkpoints\" or \"memoryBudget\" is expected.", name);
            }
        }

        return (checkpoints is null) == (budget is null)
            ? throw new ContractException("Exactly one of \"checkpoints\" and \"memoryBudget\" is needed.")
            : new CheckpointingContract(null, checkpoints, budget);
    }

    private static long ReadOnce(ref Utf8JsonReader reader, string name, long? before)
    {
        if (before is not null)
            throw new ContractException($"The member \"{name}\" is given twice.", name);
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value)
            ? value
            : throw new ContractException("A whole number is expected.", name);
    }
}
