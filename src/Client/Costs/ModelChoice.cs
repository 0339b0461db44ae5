using System.Text.Json.Serialization;

namespace Backprop.Client.Costs;

/// <summary>The model of a cost request: the id of a catalogued one, or a description.</summary>
[JsonConverter(typeof(ModelChoiceConverter))]
public sealed record ModelChoice
{
    /// <summary>The id of a catalogued model: <c>gpt3-175b</c>. Null if the model is described.</summary>
    public string? Id { get; init; }

    /// <summary>A custom model. Null if one is named.</summary>
    public ModelDescription? Described { get; init; }

    /// <summary>A catalogued model.</summary>
    public static implicit operator ModelChoice(string id) => new() { Id = id };

    /// <summary>A custom model.</summary>
    public static implicit operator ModelChoice(ModelDescription described) => new() { Described = described };
}
