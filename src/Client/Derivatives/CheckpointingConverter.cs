using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Derivatives;

/// <summary>A strategy as a name or as an object.</summary>
internal sealed class CheckpointingConverter : JsonConverter<CheckpointingContract>
{
    private static readonly string[] Strategies = ["none", "sqrt"];
    private static readonly string[] Schedules = ["revolve"];

    public override CheckpointingContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => ReadName(ref reader, Strategies, string.Empty),
            JsonTokenType.StartObject => ReadObject(ref reader),
            _ => throw new ContractException($"The value must be a strategy or an object; got {TokenNames.Of(reader.TokenType)}."),
        };

    public override void Write(Utf8JsonWriter writer, CheckpointingContract value, JsonSerializerOptions options)
    {
        if (value.Strategy is not null)
        {
            writer.WriteStringValue(value.Strategy);
            return;
        }

        writer.WriteStartObject();
        if (value.Every is { } every)
        {
            writer.WriteNumber("every", every);
        }

        if (value.Save is { } save)
        {
            writer.WriteStartArray("save");
            foreach (string name in save)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        if (value.Schedule is { } schedule)
        {
            writer.WriteString("schedule", schedule);
        }

        if (value.Slots is { } slots)
        {
            writer.WriteNumber("slots", slots);
        }

        if (value.MemoryBudget is { } budget)
        {
            writer.WriteNumber("memoryBudget", budget);
        }

        writer.WriteEndObject();
    }

    private static CheckpointingContract ReadObject(ref Utf8JsonReader reader)
    {
        var read = new CheckpointingContract();
        var members = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!members.Add(name))
            {
                throw new ContractException($"The member \"{name}\" appears twice.", name);
            }

            reader.Read();
            read = name switch
            {
                "every" => read with { Every = ReadNumber(ref reader, name) },
                "save" => read with { Save = ReadNames(ref reader, name) },
                "schedule" => read with { Schedule = ReadName(ref reader, Schedules, name) },
                "slots" => read with { Slots = ReadNumber(ref reader, name) },
                "memoryBudget" => read with { MemoryBudget = ReadNumber(ref reader, name) },
                _ => throw new ContractException("Unknown member; use \"every\", \"save\", \"schedule\" with \"slots\", or \"memoryBudget\".", name),
            };
        }

        if (members.Count(name => name != "slots") != 1)
        {
            throw new ContractException("Give exactly one of \"every\", \"save\", \"schedule\" and \"memoryBudget\".");
        }

        if (read.Schedule is not null && read.Slots is null)
        {
            throw new ContractException("slots is required with schedule.", "slots");
        }

        return read.Schedule is null && read.Slots is not null
            ? throw new ContractException("slots requires schedule.", "slots")
            : read;
    }

    private static long ReadNumber(ref Utf8JsonReader reader, string member) => reader.TokenType == JsonTokenType.Number
        && reader.TryGetInt64(out long value)
        ? value
        : throw new ContractException("The value must be a whole number.", member);

    private static string ReadName(ref Utf8JsonReader reader, string[] choices, string member)
    {
        foreach (string name in choices)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        throw new ContractException(
            $"The value must be {string.Join(" or ", choices.Select(name => $"\"{name}\""))}{(member.Length == 0 ? ", or an object" : "")}.", member);
    }

    private static List<string> ReadNames(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ContractException("The value must be a list.", member);
        }

        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Add(reader.TokenType == JsonTokenType.String
                ? ReadText(ref reader, $"{member}[{names.Count}]")
                : throw new ContractException($"The value must be a name; got {TokenNames.Of(reader.TokenType)}.", $"{member}[{names.Count}]"));
        }

        return names;
    }

    private static string ReadText(ref Utf8JsonReader reader, string member)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ContractException("The text is not valid Unicode.", member);
        }
    }
}
