using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Experiments;

/// <summary>A run of an experiment: values of its parameters as members of the body, and the member <c>seed</c>.</summary>
[JsonConverter(typeof(ExperimentRequestConverter))]
public sealed record ExperimentRequest
{
    /// <summary>Values of parameters by name; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, ScalarValue> Parameters { get; init; } = new Dictionary<string, ScalarValue>();

    /// <summary>The seed of its random numbers (default: 0).</summary>
    public long Seed { get; init; }
}

/// <summary>The parameters as members of one object, beside <c>seed</c>.</summary>
internal sealed class ExperimentRequestConverter : JsonConverter<ExperimentRequest>
{
    private const string Seed = "seed";
    private const int MostMembers = 100;
    private static readonly WholeNumberConverter Whole = new();
    private static readonly ScalarValueConverter Scalar = new();

    public override ExperimentRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ContractException($"The body must be an object; got {TokenNames.Of(reader.TokenType)}.");
        }

        var parameters = new Dictionary<string, ScalarValue>(StringComparer.Ordinal);
        long? seed = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Name(ref reader);
            if (name == Seed ? seed is not null : parameters.ContainsKey(name))
            {
                throw new ContractException("The member appears twice.", name);
            }

            if (parameters.Count == MostMembers)
            {
                throw new ContractException($"An experiment has fewer than {MostMembers} parameters.");
            }

            reader.Read();
            try
            {
                if (name == Seed)
                {
                    seed = Whole.Read(ref reader, typeof(long), options);
                }
                else
                {
                    parameters[name] = Scalar.Read(ref reader, typeof(ScalarValue), options);
                }
            }
            catch (ContractException refused)
            {
                throw new ContractException(refused.Message, name);
            }
            catch (InvalidOperationException)
            {
                throw new ContractException("The text is not valid Unicode.", name);
            }
        }

        return new ExperimentRequest { Parameters = parameters, Seed = seed ?? 0 };
    }

    public override void Write(Utf8JsonWriter writer, ExperimentRequest value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, ScalarValue parameter) in value.Parameters)
        {
            writer.WritePropertyName(name);
            Scalar.Write(writer, parameter, options);
        }

        writer.WriteNumber(Seed, value.Seed);
        writer.WriteEndObject();
    }

    // A lone surrogate is no text, which the reader finds out only now.
    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ContractException("A name is not valid Unicode.");
        }
    }
}
